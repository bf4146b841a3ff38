"""A story opened, ended, withdrawn, deleted."""

import pytest

from liveblog import publishing
from liveblog.models import Story, Update
from liveblog.publishing import Refused
from tests import cast

pytestmark = pytest.mark.django_db


def test_open_publishes_what_it_is_given_in_order(editor):
    story = cast.make_story(editor)
    drafts = [
        publishing.save_draft(cast.new_update(story), cast.content(name), by=editor)
        for name in ("Oldest.", "Middle.", "Newest.")
    ]

    opened = publishing.open_story(story, by=editor, updates=drafts)

    assert (opened.status, opened.revision) == ("live", 1)
    assert [each.headline for each in story.updates.newest_first()] == [
        "Newest",
        "Middle",
        "Oldest",
    ]
    assert {each.number for each in story.updates.all()} == {1}


def test_end_and_open_again(editor):
    story = cast.make_live_story(editor)

    ended = publishing.end_story(story, by=editor)
    assert (ended.status, ended.revision) == ("ended", 2)
    assert ended.ended_at
    opened = publishing.open_story(story, by=editor)

    assert (opened.status, opened.revision, opened.ended_at) == ("live", 3, None)


def test_withdraw_is_a_chief_editors(editor):
    story = cast.make_live_story(editor)
    with pytest.raises(Refused):
        publishing.withdraw_story(story, by=editor)

    withdrawn = publishing.withdraw_story(story, by=cast.make_chief())

    assert (withdrawn.status, withdrawn.revision) == ("withdrawn", 2)


def test_delete_only_what_was_never_opened(editor):
    draft, live = cast.make_story(editor), cast.make_live_story(editor, "Live")
    publishing.save_draft(cast.new_update(draft), cast.content(), by=editor)

    publishing.delete_story(draft, by=editor)
    with pytest.raises(Refused):
        publishing.delete_story(live, by=editor)

    assert list(Story.objects.all()) == [live]
    assert Update.objects.count() == 0
