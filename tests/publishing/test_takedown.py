"""Updates taken from readers, and given back."""

import pytest

from liveblog import publishing
from liveblog.models import Update
from liveblog.publishing import Invalid, Refused
from tests import cast
from tests.cast import revision_of

pytestmark = pytest.mark.django_db


def test_retract_is_told_and_restored_at_its_place(story, editor):
    update = cast.publish(story, editor)

    retracted = publishing.retract(update, by=editor, note="Not confirmed.")
    assert (retracted.status, retracted.revision) == ("retracted", 3)
    assert retracted.retraction_note == "Not confirmed."
    restored = publishing.restore(update, by=editor)

    assert (restored.status, restored.revision, restored.number) == ("published", 4, 2)
    assert restored.published_at == update.published_at


def test_retract_needs_a_note_or_no_trace(story, editor):
    update = cast.publish(story, editor)
    with pytest.raises(Invalid):
        publishing.retract(update, by=editor)

    assert publishing.retract(update, by=editor, without_trace=True).retraction_note == ""


def test_undo_makes_a_draft_of_it(story, editor, time_machine):
    update = cast.publish(story, editor)

    undone = publishing.undo(update, by=editor)

    assert (undone.status, undone.revision, undone.number) == ("draft", 3, 2)
    assert publishing.publish(update, by=editor).number == 2


def test_undo_is_refused_after_half_a_minute(story, editor, time_machine):
    time_machine.move_to("2026-11-01T10:00:00Z", tick=False)
    update = cast.publish(story, editor)
    time_machine.move_to("2026-11-01T10:00:31Z", tick=False)

    with pytest.raises(Refused, match="Too late"):
        publishing.undo(update, by=editor)


def test_undo_gives_the_pin_back(story, editor):
    first, second = cast.publish(story, editor), cast.publish(story, editor)
    publishing.pin(first, by=editor)
    publishing.pin(second, by=editor)

    publishing.undo(second, by=editor)

    first.refresh_from_db()
    assert (first.is_pinned, first.revision) == (True, revision_of(story))
    assert not Update.objects.get(pk=second.pk).is_pinned


def test_undo_of_what_was_not_pinned_leaves_the_pin(story, editor):
    first, second = cast.publish(story, editor), cast.publish(story, editor)
    publishing.pin(first, by=editor)

    publishing.undo(second, by=editor)

    assert [each.pk for each in Update.objects.pinned()] == [first.pk]


def test_a_note_is_taken_back_without_trace(story, editor):
    update = publishing.retract(cast.publish(story, editor), by=editor, note="Why.")
    before = revision_of(story)

    publishing.retract(update, by=editor, without_trace=True)

    update.refresh_from_db()
    assert (update.retraction_note, update.revision) == ("", before + 1)
    story.refresh_from_db()
    assert story.correction_count == 0


def test_a_note_after_a_retraction_without_trace_is_refused(story, editor):
    update = publishing.retract(cast.publish(story, editor), by=editor, without_trace=True)

    with pytest.raises(Refused, match="without trace"):
        publishing.retract(update, by=editor, note="Why.")
