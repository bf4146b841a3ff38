"""Names of colleagues: what a reporter sees of them, and never the username."""

import re

import pytest
from django.contrib.auth.models import User

from liveblog import publishing
from liveblog.accounts import name_of
from tests import cast

from . import walk
from .conftest import _sign_in

pytestmark = pytest.mark.any_database

SIGN_IN_NAMES = {"edith": "edith-desk", "chiara": "chiara-desk"}
SIGNED_IN = re.compile("(edith|chiara)-desk")  # no part of a UUID may look like it


@pytest.fixture
def newsroom(db):
    """A newsroom whose editors never gave a full name, and a reporter who wrote there."""
    editor, chief, reporter = cast.make_editor(), cast.make_chief(), cast.make_reporter()
    for user in (editor, chief):
        user.username, user.first_name = SIGN_IN_NAMES[user.username], ""
        user.save()
    newsroom = walk.make_newsroom(editor, reporter, chief)
    story = newsroom["story"]["open"]
    publishing.set_team(story, [editor, chief, reporter], by=chief)
    mine = newsroom["update"]["submitted"]
    publishing.send_back(mine, by=editor, note="Who says so?")
    newsroom["reporter"] = _sign_in(reporter)
    return newsroom


@pytest.mark.thorough
def test_no_address_tells_a_reporter_how_a_colleague_signs_in(newsroom):
    names = {
        address: newsroom["reporter"].get(path).content.decode(errors="replace")
        for address, path in walk.addresses(newsroom).items()
        if address != "logout"
    }
    story = newsroom["story"]["open"].pk
    for name in ("", "rows", "changes?after=0"):
        path = f"/admin/liveblog/story/{story}/desk/{name}"
        names[f"desk {name}"] = newsroom["reporter"].get(path).text

    assert {each for each, text in names.items() if SIGNED_IN.search(text)} == set()
    assert sum("Colleague" in text for text in names.values()) > 5


def test_a_refusal_does_not_tell_it_either(newsroom):
    update = newsroom["update"]["published"]

    answer = newsroom["reporter"].post(
        f"/admin/liveblog/update/{update.pk}/retract/", {"note": "No."}, follow=True
    )

    assert not SIGNED_IN.search(answer.text)


def test_the_full_name_is_shown_where_there_is_one():
    assert name_of(User(username="em77", first_name="Edith", last_name="Marlow")) == "Edith Marlow"
    assert name_of(User(pk=7, username="em77")) == "Colleague 7"
    assert name_of(None) == ""
