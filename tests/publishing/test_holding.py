"""What is held stays held: scheduled, unscheduled, sent back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Update, Version
from liveblog.publishing import Conflict, Invalid, Refused
from tests import cast

pytestmark = pytest.mark.django_db

Verb = Version.Verb


@pytest.fixture
def reporter():
    return cast.make_reporter()


@pytest.fixture
def scheduled(story, editor):
    update = publishing.save_draft(cast.new_update(story), cast.content("Held."), by=editor)
    return publishing.schedule(update, by=editor, at=in_minutes(60))


def in_minutes(minutes):
    return timezone.now() + timedelta(minutes=minutes)


def verbs_of(update):
    return [each.verb for each in update.versions.all()]


def test_unschedule_makes_a_draft_that_never_falls_due(scheduled, editor, time_machine):
    unscheduled = publishing.unschedule(scheduled, by=editor)

    assert (unscheduled.status, unscheduled.scheduled_for) == ("draft", None)
    assert publishing.unschedule(scheduled, by=editor).version == unscheduled.version
    Update.objects.filter(pk=scheduled.pk).update(scheduled_for=in_minutes(-5))
    assert publishing.publish_due() == []


def test_unschedule_keeps_the_text_it_is_given(scheduled, editor):
    publishing.unschedule(scheduled, by=editor, content=cast.content("Held longer."), version=2)

    row = Update.objects.get()
    assert (row.status, row.headline) == ("draft", "Held longer")


def test_unschedule_of_what_was_published_meanwhile_conflicts(scheduled, editor):
    publishing.publish(scheduled, by=editor)

    with pytest.raises(Conflict, match=r"Published by edith.*It is on air"):
        publishing.unschedule(scheduled, by=editor, content=cast.content("Mine."))


def test_save_of_a_scheduled_update_keeps_its_moment(scheduled, editor):
    saved = publishing.save_draft(scheduled, cast.content("Better."), by=editor, version=2)

    assert (saved.status, saved.scheduled_for) == ("scheduled", scheduled.scheduled_for)


def test_reschedule_is_told_in_history_and_once(scheduled, editor):
    at = in_minutes(90)

    for _retry in range(2):
        moved = publishing.schedule(scheduled, by=editor, at=at)

    assert moved.scheduled_for == at
    assert verbs_of(moved) == [Verb.RESCHEDULE, Verb.SCHEDULE, Verb.SAVE_DRAFT]


def test_send_back_carries_a_note_until_it_is_submitted_again(story, reporter, editor):
    update = publishing.save_draft(cast.new_update(story), cast.content("Draft."), by=reporter)
    publishing.submit(update, by=reporter)

    back = publishing.send_back(update, by=editor, note=" Who says so? ")

    assert (back.status, back.sent_back_note, back.sent_back_by) == (
        "draft",
        "Who says so?",
        editor,
    )
    assert list(Update.objects.sent_back()) == [back]
    publishing.save_draft(back, cast.content("Efe says so."), by=reporter)
    assert Update.objects.get().sent_back_note == "Who says so?"
    publishing.submit(update, by=reporter)
    assert (Update.objects.get().sent_back_at, list(Update.objects.sent_back())) == (None, [])


@pytest.mark.parametrize("verb", ["publish", "schedule"])
def test_note_to_the_writer_goes_with_the_way_on(story, reporter, editor, verb):
    update = publishing.save_draft(cast.new_update(story), cast.content("Draft."), by=reporter)
    publishing.submit(update, by=reporter)
    publishing.send_back(update, by=editor, note="Who?")

    more = {"at": in_minutes(5)} if verb == "schedule" else {}
    getattr(publishing, verb)(update, by=editor, **more)

    row = Update.objects.get()
    assert (row.sent_back_at, row.sent_back_by, row.sent_back_note) == (None, None, "")


def test_send_back_is_idempotent_and_bounded(story, reporter, editor):
    update = publishing.save_draft(cast.new_update(story), cast.content("Draft."), by=reporter)
    publishing.submit(update, by=reporter)
    with pytest.raises(Invalid, match="too long"):
        publishing.send_back(update, by=editor, note="x" * 1001)

    versions = {publishing.send_back(update, by=editor, note="Who?").version for _retry in "12"}

    assert len(versions) == 1


def test_refusals_name_who_did_what_and_the_state_of_now(scheduled, editor):
    publishing.publish(scheduled, by=editor)
    publishing.retract(scheduled, by=editor, note="Wrong.")

    with pytest.raises(Refused, match=r"Retracted by edith, .*“retracted” now. Nothing"):
        publishing.schedule(scheduled, by=editor, at=in_minutes(5))
    with pytest.raises(Conflict, match=r"Retracted by edith, .*“retracted” now. Your text"):
        publishing.save_draft(scheduled, cast.content("More."), by=editor)


def test_writer_reads_what_became_of_their_own_work(story, reporter, editor):
    update = publishing.save_draft(cast.new_update(story), cast.content("Mine."), by=reporter)
    publishing.schedule(update, by=editor, at=in_minutes(5))

    with pytest.raises(Conflict, match="Scheduled by edith"):
        publishing.save_draft(update, cast.content("Mine, longer."), by=reporter, version=1)
    with pytest.raises(Refused, match="Scheduled by edith"):
        publishing.delete_draft(update, by=reporter)


@pytest.mark.parametrize(
    ("kind", "verb"),
    [
        ("typo", Verb.FIX_TYPO),
        ("information", Verb.ADD_INFORMATION),
        ("clarification", Verb.CLARIFY),
        ("correction", Verb.CORRECT),
    ],
)
def test_history_names_the_kind_of_an_edit(story, editor, kind, verb):
    update = cast.publish(story, editor)

    publishing.edit(update, cast.content("Other."), by=editor, kind=kind, note="Wrong number.")

    assert verbs_of(update)[0] == verb
