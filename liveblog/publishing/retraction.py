"""Verbs that retract, undo and restore updates."""

from datetime import timedelta

from django.utils.translation import gettext as _

from liveblog.models import Update, Version

from .change import changing_with
from .errors import Invalid, Refused
from .notes import read_note
from .pins import set_pin
from .update_rows import PUBLICATION_COLUMNS, read_row, require_open, require_status, resave

Status, Kind, Verb = Update.Status, Update.Kind, Version.Verb
UNDO_WITHIN = timedelta(seconds=30)


def retract(update: Update, *, by, note: str = "", without_trace: bool = False) -> Update:
    """Retract an update for good; readers see `note`, or nothing if `without_trace`.

    What was retracted with a note loses it `without_trace`; the reverse is refused.
    """
    note = public_note(note, without_trace=without_trace)
    with changing_with(update, by=by, verb=Verb.RETRACT, note=note) as change:
        row = read_row(change, update)
        if row.status == Status.RETRACTED:
            return _retract_again(change, row, without_trace=without_trace)
        require_status(row, Status.PUBLISHED)
        row.retraction_note = "" if without_trace else note
        _take_down(change, row, to=Status.RETRACTED)
    return row


def public_note(note: str, *, without_trace: bool) -> str:
    """Return the note of a retraction; required unless it is without trace."""
    note = read_note(note, Update._meta.get_field("retraction_note"))
    if not note and not without_trace:
        raise Invalid({"note": [_("Tell readers why, or retract it without trace.")]})
    return note


def _retract_again(change, row, *, without_trace):
    if without_trace and row.retraction_note:
        row.retraction_note = ""
        change.mark_update(row)
        change.mark_story()
        resave(change, row, "revision", "retraction_note")
        change.recount_corrections()
    elif not without_trace:
        refuse_second_note(row)
    return row


def refuse_second_note(row: Update) -> None:
    """Raise `Refused` where an update was retracted without trace: no note may name it now."""
    if not row.retraction_note:
        raise Refused(_("It was retracted without trace: readers are told nothing."))


def undo(update: Update, *, by) -> Update:
    """Undo a publication within 30 s: retract without trace, the text is a draft again."""
    with changing_with(update, by=by, verb=Verb.UNDO) as change:
        row = read_row(change, update)
        if row.status == Status.DRAFT and row.number is not None:
            return row
        require_status(row, Status.PUBLISHED)
        if row.kind != Kind.NEW or change.at - _published_moment(row) > UNDO_WITHIN:
            raise Refused(_("Too late to undo: retract the update instead."))
        row.retraction_note = ""
        was_pinned = row.is_pinned
        _take_down(change, row, to=Status.DRAFT)
        if was_pinned:
            _give_pin_back(change, row)
    return row


def _give_pin_back(change, row):
    """Pin the update again that the undone one had replaced as the pin."""
    pinned_at = row.versions.filter(verb=Verb.PIN).values_list("revision", flat=True).first()
    taken = Update.objects.filter(versions__verb=Verb.PIN, versions__revision=pinned_at)
    for former in taken.filter(story=change.story, status=Status.PUBLISHED).exclude(pk=row.pk)[:1]:
        former.story = change.story
        set_pin(change, former, is_pinned=True)


def _published_moment(row):
    verbs = [Verb.PUBLISH, Verb.PUBLISH_DUE, Verb.OPEN_STORY]
    return row.versions.filter(verb__in=verbs).values_list("at", flat=True).first()


def _take_down(change, row, *, to):
    row.status, row.is_pinned = to, False
    row.retracted_at = change.at
    change.mark_update(row)
    change.mark_story()
    resave(change, row, *PUBLICATION_COLUMNS, "is_pinned", "retraction_note")
    change.recount_corrections()


def restore(update: Update, *, by) -> Update:
    """Restore a retracted update to its place; readers see when it was restored.

    Feed readers show it again only if `updated` changed (RFC 4287, 4.2.15).
    """
    with changing_with(update, by=by, verb=Verb.RESTORE) as change:
        row = read_row(change, update)
        if row.is_published:
            return row
        require_status(row, Status.RETRACTED)
        require_open(change)
        row.status, row.retracted_at, row.retraction_note = Status.PUBLISHED, None, ""
        row.edited_at = change.at
        change.mark_update(row)
        change.mark_story()
        resave(change, row, *PUBLICATION_COLUMNS, "retraction_note")
        change.recount_corrections()
    return row
