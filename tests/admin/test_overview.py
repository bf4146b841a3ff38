"""How a story stands, on its page; and what rests on a source, on the source's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from liveblog.admin.overview import overview_of
from liveblog.models import Update, Version
from tests import cast

from .forms import page_of


def _check(story):
    return reverse("admin:liveblog_story_check", args=[story.pk])


def test_pace_is_counted(editor, story):
    for _ in range(3):
        cast.publish(story, editor.user)
    later = timezone.now() + timedelta(minutes=90)

    overview = overview_of(story, later)

    assert (overview.published, overview.in_last_hour) == (3, 0)
    assert overview.minutes_since_last in (89, 90)
    assert overview.per_hour == 2.0


def test_story_without_updates_has_no_pace(story):
    overview = overview_of(story)

    assert (overview.published, overview.per_hour, overview.minutes_since_last) == (0, None, None)


def test_what_waits_is_shown(reporter, editor, story):
    waiting, late = cast.new_update(story), cast.new_update(story)
    cast.publishing.submit(waiting, by=reporter.user, content=cast.content("Waiting."))
    soon = timezone.now() + timedelta(minutes=1)
    cast.publishing.schedule(late, by=editor.user, at=soon, content=cast.content("Too late."))
    Update.objects.filter(pk=late.pk).update(scheduled_for=timezone.now() - timedelta(minutes=1))

    overview = editor.get(page_of(story)).context["overview"]

    assert overview.submitted == 1
    assert [update.headline for update in overview.overdue] == ["Too late"]


def test_overview_costs_the_same_for_every_size(editor, story):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            overview_of(story)
        return len(queries)

    before = cost()
    for _ in range(5):
        cast.publish(story, editor.user)

    assert before == cost() == 3


def test_editor_says_that_the_summary_still_holds(editor, story):
    content = cast.publishing.StoryContent(headline=story.headline, summary="<p>Closed.</p>")
    cast.publishing.edit_story(story, content, by=editor.user)
    cast.publish(story, editor.user)
    story.refresh_from_db()
    assert overview_of(story).revisions_since_check == 1
    assert _check(story) in editor.get(page_of(story)).content.decode()

    editor.post(_check(story))

    story.refresh_from_db()
    assert overview_of(story).revisions_since_check == 0
    assert Version.objects.first().verb == "check_summary"


def test_reporter_reads_the_overview_and_checks_nothing(reporter, story):
    assert reporter.get(page_of(story)).status_code == 200
    assert reporter.post(_check(story)).status_code == 403


@pytest.fixture
def efe():
    return cast.make_source("Efe")


def test_source_lists_what_rests_on_it(editor, story, efe):
    cited = (cast.publishing.Citation(efe), cast.publishing.Citation(efe, "quoted"))
    resting = cast.publish(story, editor.user, sources=cited, verification="unconfirmed")
    cast.publish(story, editor.user)

    page = editor.get(page_of(efe))

    assert list(page.context["page"]) == [resting]
    assert "unconfirmed" in page.content.decode()
    assert f"?edit={resting.pk}" in page.content.decode()


def test_source_hides_what_other_teams_write(reporter, chief, editor, story, efe):
    cast.publish(story, editor.user, sources=(cast.publishing.Citation(efe),))
    cast.publishing.set_team(story, [editor.user], by=chief.user)

    assert list(reporter.get(page_of(efe)).context["page"]) == []


def test_long_list_of_a_source_has_pages(editor, story, efe, monkeypatch):
    monkeypatch.setattr("liveblog.admin.sources.UPDATES_SHOWN", 1)
    for _ in range(2):
        cast.publish(story, editor.user, sources=(cast.publishing.Citation(efe),))

    page = editor.get(page_of(efe), {"page": 2})

    assert "?page=1" in page.content.decode()
    assert len(page.context["page"]) == 1
