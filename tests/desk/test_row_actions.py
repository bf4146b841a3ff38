"""What is offered in a row: each action to whoever has its right."""

import pytest

from liveblog import publishing
from liveblog.desk import row_actions
from tests import cast


def _verbs(person, update):
    return [each.verb for each in row_actions.actions_on(person.user, update)]


@pytest.mark.parametrize("right", ["pin", "edit", "correct", "mark_key_event", "retract"])
def test_each_action_goes_by_its_own_right(editor, reporter, story, monkeypatch, right):
    update = cast.publish(story, editor.user)
    monkeypatch.setattr(row_actions, "may", lambda _user, asked, _update: asked in {right, "view"})

    assert _verbs(reporter, update) == [right.replace("mark_key_event", "mark"), "history"]


def test_nobody_is_offered_to_send_back_what_they_wrote(editor, chief, reporter, story):
    own, other = cast.new_update(story), cast.new_update(story)
    publishing.submit(own, by=editor.user, content=cast.content())
    publishing.submit(other, by=reporter.user, content=cast.content())
    own, other = story.updates.order_by("created_at")

    assert "send_back" not in _verbs(editor, own)
    assert "send_back" in _verbs(chief, own)
    assert "send_back" in _verbs(editor, other)


def test_nothing_is_published_in_a_story_that_is_not_open(editor):
    story = cast.make_story(editor.user)
    publishing.save_draft(cast.new_update(story), by=editor.user, content=cast.content())

    assert _verbs(editor, story.updates.get()) == ["edit", "delete", "history"]


def test_reporters_get_what_is_their_own_until_it_is_published(reporter, editor, story):
    update = cast.new_update(story)
    publishing.save_draft(update, by=reporter.user, content=cast.content())
    update = story.updates.get()
    assert _verbs(reporter, update) == ["submit", "edit", "delete", "history"]

    publishing.submit(update, by=reporter.user)
    assert _verbs(reporter, story.updates.get()) == ["edit", "delete", "history"]

    publishing.publish(update, by=editor.user)
    assert _verbs(reporter, story.updates.get()) == ["history"]
