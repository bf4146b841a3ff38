"""Desks hear of all history, readers of what they can see."""

import pytest

from liveblog import notify, publishing
from liveblog.models import Version
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch, django_capture_on_commit_callbacks):
    """Run a verb and return the channels that were notified: of desks, and of readers."""
    sent = []

    def note(story_id, revision, is_removal):
        sent.extend([notify.DESK_CHANNEL, *([notify.CHANNEL] if revision else [])])
        return "SELECT 1", []

    monkeypatch.setattr(notify, "_statement", note)  # PostgreSQL
    monkeypatch.setattr(notify, "listeners", [lambda *_: sent.append(notify.CHANNEL)])
    monkeypatch.setattr(notify, "desk_listeners", [lambda _: sent.append(notify.DESK_CHANNEL)])

    def run(verb, *args, **kwargs):
        sent.clear()
        with django_capture_on_commit_callbacks(execute=True):
            verb(*args, **kwargs)
        return sent

    return run


def test_a_draft_is_news_to_desks_alone(heard):
    editor = cast.make_editor()
    story = cast.make_live_story(editor)
    update = cast.new_update(story)

    assert heard(publishing.save_draft, update, cast.content(), by=editor) == [notify.DESK_CHANNEL]
    assert heard(publishing.publish, update, by=editor) == [notify.DESK_CHANNEL, notify.CHANNEL]


def test_saving_the_same_draft_again_is_no_news(heard):
    editor = cast.make_editor()
    story = cast.make_live_story(editor)
    content = cast.content("Traffic flows.")
    update = publishing.save_draft(cast.new_update(story), content, by=editor)

    assert heard(publishing.save_draft, update, content, by=editor) == []


@pytest.mark.parametrize("make", [cast.make_story, cast.make_live_story])
def test_a_renamed_source_is_in_the_history_of_each_story_that_cites_it(heard, make):
    chief, efe = cast.make_chief(), cast.make_source("Efe")
    story = make(chief)
    draft = cast.content(sources=(publishing.Citation(efe),))
    publishing.save_draft(cast.new_update(story), draft, by=chief)

    assert notify.DESK_CHANNEL in heard(publishing.rename_source, efe, by=chief, name="EFE")
    assert Version.objects.of_story(story).first().verb == "rename_source"


def test_a_new_team_is_in_the_history(heard):
    chief = cast.make_chief()
    story = cast.make_story(chief)

    assert heard(publishing.set_team, story, [chief], by=chief) == [notify.DESK_CHANNEL]
    assert Version.objects.of_story(story).first().verb == "set_team"
