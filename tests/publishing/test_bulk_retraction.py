"""Many updates are retracted in one step: one revision a story, and the refusals of one."""

import uuid

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from liveblog import publishing
from liveblog.models import Story, Update, Version
from liveblog.publishing import bulk_retraction
from liveblog.queries.changes import Cursor, read_changes
from liveblog.queries.counters import read_counts
from tests import cast

pytestmark = pytest.mark.django_db


def test_each_is_retracted_with_one_revision_of_its_story(editor, story):
    cited = (publishing.Citation(cast.make_source()),)
    other = cast.make_live_story(editor, "Another")
    updates = [cast.publish(each, editor, sources=cited) for each in (story, story, other)]
    publishing.pin(updates[0], by=editor)
    before = {each.pk: cast.revision_of(each) for each in (story, other)}

    outcome = publishing.retract_all([each.pk for each in updates], by=editor, note="Wrong.")

    assert set(outcome.done) == {each.pk for each in updates}
    assert outcome.refused == {}
    rows = Update.objects.values_list("status", "retraction_note", "is_pinned", "version")
    assert set(rows) == {("retracted", "Wrong.", False, 2), ("retracted", "Wrong.", False, 3)}
    assert {each.pk: cast.revision_of(each) for each in (story, other)} == {
        pk: revision + 1 for pk, revision in before.items()
    }
    kept = Version.objects.filter(verb="retract", note="Wrong.", by=editor)
    assert {each.update_id for each in kept} == {each.pk for each in updates}
    assert [publishing.read_update(each).sources for each in kept] == [cited] * 3


def test_the_same_rows_as_one_by_one(editor):
    """Every column that a single retraction writes, a retraction of many writes as well."""
    one, many = (cast.make_live_story(editor, name) for name in ("One", "Many"))
    for each in (one, many):
        publishing.correct(
            cast.publish(each, editor, "Same."), cast.content("New."), by=editor, note="Typo."
        )
    publishing.retract(one.updates.get(), by=editor, note="Wrong.")
    publishing.retract_all([many.updates.get().pk], by=editor, note="Wrong.")

    apart = ("id", "story_id", "created_at", "published_at", "edited_at", "retracted_at")
    rows = [
        {name: value for name, value in each.updates.values().get().items() if name not in apart}
        for each in (one, many)
    ]
    assert rows[0] == rows[1]
    assert all(each.updates.get().retracted_at for each in (one, many))
    stories = [Story.objects.get(pk=each.pk) for each in (one, many)]
    assert stories[0].correction_count == stories[1].correction_count
    assert [read_counts(each)["update_count"] for each in stories] == [0, 0]
    assert [each.update_count for each in stories] == [0, 0]
    assert [each.source_counts for each in stories] == [{}, {}]


def test_open_pages_hear_of_each(editor, story):
    ids = [cast.publish(story, editor).pk for _ in range(3)]
    at = cast.revision_of(story)
    publishing.retract_all(ids, by=editor, note="Wrong.")

    story = Story.objects.with_parts().get(pk=story.pk)
    changes = read_changes(story, Cursor(story.epoch, at))

    assert {update.pk for update in changes.updates} == set(ids)
    assert {update.status for update in changes.updates} == {"retracted"}


def test_what_is_refused_holds_up_no_other(editor, story):
    draft = publishing.save_draft(cast.new_update(story), cast.content(), by=editor)
    silent = cast.publish(story, editor)
    publishing.retract(silent, by=editor, without_trace=True)
    public, unknown = cast.publish(story, editor), uuid.uuid4()

    ids = [draft.pk, silent.pk, unknown, public.pk]
    outcome = publishing.retract_all(ids, by=editor, note="Wrong.")

    assert outcome.done == [public.pk]
    assert "Nothing was changed." in str(outcome.refused[draft.pk])
    assert "without trace" in str(outcome.refused[silent.pk])
    assert "not exist" in str(outcome.refused[unknown])


def test_again_changes_nothing_and_without_trace_takes_the_note(editor, story):
    update = cast.publish(story, editor)
    publishing.retract_all([update.pk], by=editor, note="Wrong.")
    at = cast.revision_of(story)

    assert publishing.retract_all([update.pk], by=editor, note="Again.").done == [update.pk]
    assert cast.revision_of(story) == at
    publishing.retract_all([update.pk], by=editor, without_trace=True)

    update.refresh_from_db()
    assert (update.retraction_note, cast.revision_of(story)) == ("", at + 1)


def test_a_reporter_and_a_missing_note_are_refused(editor, story):
    update = cast.publish(story, editor)

    with pytest.raises(publishing.Forbidden):
        publishing.retract_all([update.pk], by=cast.make_reporter(), note="No.")
    with pytest.raises(publishing.Invalid):
        publishing.retract_all([update.pk], by=editor, note=" ")


def test_it_costs_the_same_queries_for_every_number(editor, story):
    def cost(number):
        ids = [cast.publish(story, editor).pk for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            publishing.retract_all(ids, by=editor, note="Wrong.")
        return len(queries)

    assert cost(2) == cost(12)


def test_many_are_retracted_in_slices_of_one_lock_each(editor, story, monkeypatch):
    monkeypatch.setattr(bulk_retraction, "SLICE", 2)
    ids = [cast.publish(story, editor).pk for _ in range(5)]
    before = cast.revision_of(story)

    outcome = publishing.retract_all(ids, by=editor, note="Wrong.")

    assert (set(outcome.done), outcome.stopped) == (set(ids), None)
    assert cast.revision_of(story) == before + 3
    assert not story.updates.public().exists()


def test_what_is_done_before_it_stops_stays_done(editor, story, monkeypatch):
    monkeypatch.setattr(bulk_retraction, "SLICE", 2)
    ids = [cast.publish(story, editor).pk for _ in range(5)]
    locks = []

    def refuse_the_second_lock(execute, sql, params, many, context):
        if "AS has_webhooks" in sql:
            locks.append(sql)
            if len(locks) == 2:
                raise OperationalError("locked by another")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_the_second_lock):
        outcome = publishing.retract_all(ids, by=editor, note="Wrong.")

    assert len(outcome.done) == 2
    assert isinstance(outcome.stopped, publishing.Busy)
    assert set(story.updates.public().values_list("pk", flat=True)) == {*ids} - {*outcome.done}
