"""The reader of pages finds what is wrong in them."""

import pytest

from tests.markup import problems_in
from tests.tools import find_vnu

pytestmark = pytest.mark.any_database

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Live</title></head>'
    "<body>{}</body></html>"
)


def test_a_valid_page_has_no_problems():
    assert problems_in(PAGE.format("<p>Bridge closed.</p>")) == []


@pytest.mark.parametrize("wrong", ["<p><b>Bridge</p>", "</div>", "&bogus; ", '<p id="a" id="b">x'])
def test_html_that_does_not_parse_is_found(wrong, monkeypatch):
    monkeypatch.setenv("QUICK", "1")  # by html5lib alone
    assert problems_in(PAGE.format("<p>Fine.</p>"), PAGE.format(wrong))


@pytest.mark.skipif(not find_vnu(), reason="needs the Nu HTML checker")
def test_html_that_parses_and_is_not_valid_is_found(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE", raising=False)
    monkeypatch.delenv("QUICK", raising=False)
    assert "posinset" in problems_in(PAGE.format('<article aria-posinset="1">x</article>'))[0]
