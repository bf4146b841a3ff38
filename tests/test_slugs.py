"""Addresses made from names and headlines."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveblog.slugs import slugify

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Bridge closed in Kursk", "bridge-closed-in-kursk"),
        ("  Ukraine–Kursk: “what we know”, so far…  ", "ukraine-kursk-what-we-know-so-far"),
        ("Zelenskyy’s troops don't retreat", "zelenskyys-troops-dont-retreat"),
        ("Sudzha's 100% of the U.S. aid", "sudzhas-100-of-the-u-s-aid"),
        ("Última hora: España niega", "ultima-hora-espana-niega"),
        ("Курськ", "kursk"),
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("...", ""),
        ("", ""),
    ],
)
def test_slug_reads_like_the_text(text, slug):
    assert slugify(text) == slug


def test_slug_of_other_scripts_has_letters():
    assert re.fullmatch(r"[a-z0-9-]+", slugify("東京で地震"))


def test_slug_ends_on_a_word_boundary():
    assert slugify("one two three", max_length=9) == "one-two"
    assert slugify("one two three", max_length=7) == "one-two"
    assert slugify("one two three", max_length=6) == "one"


def test_slug_cuts_one_long_word_inside():
    assert slugify("a" * 80) == "a" * 60


@given(st.text(max_size=200), st.integers(min_value=1, max_value=80))
def test_slug_is_always_an_address(text, length):
    slug = slugify(text, max_length=length)

    assert len(slug) <= length
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert slugify(slug, max_length=length) == slug
