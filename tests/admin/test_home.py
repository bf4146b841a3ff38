"""The newsroom's home: what is on air, what waits for whom, and what is late."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from liveblog.models import Story, Update
from tests import cast

publishing = cast.publishing
HOME = "/admin/"


def _submit(story, reporter, words="Ferries sail."):
    update = cast.new_update(story)
    return publishing.submit(update, by=reporter.user, content=cast.content(words))


def test_a_live_story_stands_with_its_figures_and_its_desk(editor, reporter, story):
    cast.publish(story, editor.user)
    _submit(story, reporter)

    page = editor.get(HOME)

    (line,) = page.context["live"]
    assert (line.story, line.waiting, line.minutes, line.overdue) == (story, 1, 0, 0)
    assert reverse("desk:page", args=[story.pk]) in page.content.decode()
    assert "Authentication and Authorization" not in page.content.decode()


def test_contributions_wait_for_editors(editor, reporter, story):
    waiting = _submit(story, reporter)

    assert f"?edit={waiting.pk}" in editor.get(HOME).content.decode()
    assert "Waiting for you" not in reporter.get(HOME).content.decode()


def test_a_reporter_sees_what_they_submitted(editor, reporter, story):
    mine = _submit(story, reporter)
    _submit(story, editor, "Bakers strike.")

    page = reporter.get(HOME).content.decode()

    assert f"?edit={mine.pk}" in page
    assert "Waiting for an editor" in page
    assert "Bakers strike" not in page
    assert "Waiting for an editor" not in editor.get(HOME).content.decode()


def test_what_came_back_stands_with_its_note(editor, reporter, story):
    publishing.send_back(_submit(story, reporter), by=editor.user, note="Who says so?")

    assert "Who says so?" in reporter.get(HOME).content.decode()
    assert "Who says so?" not in editor.get(HOME).content.decode()


def test_own_drafts_and_no_others(editor, reporter, story):
    publishing.save_draft(cast.new_update(story), cast.content("Mine."), by=reporter.user)

    assert "Mine" in reporter.get(HOME).content.decode()
    assert "Mine" not in editor.get(HOME).content.decode()


def test_what_is_late_is_told(editor, story):
    soon = timezone.now() + timedelta(minutes=1)
    late = cast.new_update(story)
    publishing.schedule(late, by=editor.user, at=soon, content=cast.content("Too late."))
    Update.objects.filter(pk=late.pk).update(scheduled_for=timezone.now() - timedelta(minutes=1))

    assert "Overdue" in editor.get(HOME).content.decode()


def test_a_reporter_sees_nothing_of_another_team(editor, chief, reporter, story):
    publishing.save_draft(cast.new_update(story), cast.content("Secret."), by=editor.user)
    publishing.set_team(story, [editor.user], by=chief.user)

    assert story.headline not in reporter.get(HOME).content.decode()
    assert story.headline not in reporter.get(reverse("admin:home")).content.decode()


def test_home_costs_the_same_for_every_number_of_stories(editor, story):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            editor.get(HOME)
        return len(queries)

    cost()
    before = cost()
    for _ in range(3):
        cast.publish(cast.make_live_story(editor.user), editor.user)

    assert cost() == before


def test_more_than_a_list_holds_is_told(editor, story, monkeypatch):
    monkeypatch.setattr("liveblog.admin.home.ROWS", 2)
    monkeypatch.setattr("liveblog.admin.home.STORIES", 1)
    for _ in range(2):
        publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)
    assert "All of them" not in editor.get(HOME).content.decode()
    publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)
    cast.make_live_story(editor.user, "Another")

    page = editor.get(HOME)

    assert "All live stories" in page.content.decode()
    listed = editor.get(page.context["drafts"]["all"])
    assert listed.context["cl"].result_count == 3


def test_a_story_is_silent_before_its_first_update(editor, story):
    publishing.set_silence_alarm(story, 10, by=editor.user)
    assert not editor.get(HOME).context["live"][0].is_silent

    Story.objects.update(opened_at=timezone.now() - timedelta(minutes=11))

    assert editor.get(HOME).context["live"][0].is_silent
