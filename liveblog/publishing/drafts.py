"""Verbs on updates that readers don't see yet; none takes a revision."""

from datetime import datetime

from django.utils.translation import gettext as _

from liveblog.models import Update, Version

from .change import changing_with
from .conflicts import stale
from .content import UpdateContent
from .errors import Invalid, Refused
from .notes import read_note
from .policy import require
from .snapshots import read_update
from .update_rows import (
    find,
    find_permitted,
    open_row,
    read_row,
    require_open,
    require_status,
    resave,
    write,
)

Status, Verb = Update.Status, Version.Verb
SENT_BACK = ("sent_back_at", "sent_back_by", "sent_back_note")


def save_draft(update: Update, content: UpdateContent, *, by, version=None) -> Update:
    """Save a draft; `update` names id and story, and need not be saved yet.

    The state stays: a scheduled update stays scheduled. Saving the same content again is
    the first save's answer. Raises `Conflict` where somebody saved since `version`, or
    published it meanwhile.
    """
    with changing_with(update, by=by, verb=Verb.SAVE_DRAFT) as change:
        row = find_permitted(change, update, content)
        if row and row.status not in Update.WAITING and UpdateContent.of(row) != content:
            raise stale(row, content)
        row, before = open_row(change, update, content, version=version)
        if before != content or content.published_at not in (None, row.published_at):
            write(change, row, content, before)
    return row


def submit(update: Update, *, by, content=None, version=None) -> Update:
    """Hand a draft to the editors."""
    with changing_with(update, by=by, verb=Verb.SUBMIT) as change:
        row, before = _open_waiting(change, update, content, version=version)
        if row.status == Status.SUBMITTED and content in (None, before):
            return row
        row.status, row.scheduled_for = Status.SUBMITTED, None
        forget_send_back(row)
        _write(change, row, content, before)
    return row


def send_back(update: Update, *, by, note: str = "") -> Update:
    """Give a submitted or scheduled update back as a draft, with a note to its writer.

    The note stays on the update until it is submitted, scheduled or published again.
    """
    note = read_note(note, Update._meta.get_field("sent_back_note"))
    with changing_with(update, by=by, verb=Verb.SEND_BACK, note=note) as change:
        row = read_row(change, update)
        was_sent_back = row.status == Status.DRAFT and row.sent_back_at
        if was_sent_back and note in ("", row.sent_back_note):
            return row
        if not was_sent_back:
            require_status(row, Status.SUBMITTED, Status.SCHEDULED)
        row.status, row.scheduled_for = Status.DRAFT, None
        row.sent_back_at, row.sent_back_by, row.sent_back_note = change.at, by, note
        resave(change, row, "status", "scheduled_for", *SENT_BACK)
    return row


def schedule(update: Update, *, by, at: datetime, content=None, version=None) -> Update:
    """Schedule an update; the scheduler publishes it, never early.

    A scheduled update gets another moment; the same moment and content again is the
    first answer.
    """
    with changing_with(update, by=by, verb=Verb.SCHEDULE) as change:
        row, before = open_row(change, update, content, version=version)
        require_open(change)
        require_status(row, *Update.WAITING)
        if row.status == Status.SCHEDULED:
            if row.scheduled_for == at and content in (None, before):
                return row
            change.verb = Verb.RESCHEDULE
        if at <= change.at:
            raise Invalid({"scheduled_for": [_("This moment has passed.")]})
        row.status, row.scheduled_for = Status.SCHEDULED, at
        forget_send_back(row)
        _write(change, row, content, before)
    return row


def unschedule(update: Update, *, by, content=None, version=None) -> Update:
    """Make a scheduled update a draft again, with `content` where it is given."""
    with changing_with(update, by=by, verb=Verb.UNSCHEDULE) as change:
        row, before = _open_waiting(change, update, content, version=version)
        if row.status == Status.DRAFT and content in (None, before):
            return row
        require_status(row, Status.SCHEDULED, Status.DRAFT)
        row.status, row.scheduled_for = Status.DRAFT, None
        _write(change, row, content, before)
    return row


def delete_draft(update: Update, *, by) -> None:
    """Delete an update that was never published; its versions stay, and `revive` undoes it."""
    with changing_with(update, by=by, verb=Verb.DELETE_DRAFT) as change:
        row = read_row(change, update)
        if row.number is not None or row.status not in Update.WAITING:
            raise Refused(_("Readers have seen this update. Retract it instead."))
        change.add_version(row, UpdateContent.of(row))
        change.write_and_notify()
        row.delete()


def revive(version: Version, *, by) -> Update:
    """Restore a deleted draft from this version, for its first writer."""
    history = Version.objects.filter(update_id_was=version.update_id_was)
    update = Update(id=version.update_id_was, story=version.story, created_by=history.last().by)
    with changing_with(update, by=by, verb=Verb.REVIVE) as change:
        require(by, Verb.REVIVE, update)
        if find(change, update):
            raise Refused(_("This draft is not deleted."))
        write(change, update, read_update(version), None)
        history.update(update=update)
    return update


def _open_waiting(change, update, content, *, version):
    """Open an unpublished row; raises `Conflict` where it was published meanwhile."""
    row, before = open_row(change, update, content, version=version)
    if row.status not in Update.WAITING:
        raise stale(row, content)
    return row, before


def forget_send_back(row: Update) -> None:
    """Drop the note to the writer once the update is submitted or scheduled again."""
    row.sent_back_at, row.sent_back_by, row.sent_back_note = None, None, ""


def _write(change, row, content, before):
    content = content or before
    if content is None:
        raise Invalid({"body": [_("Write a headline or a text.")]})
    write(change, row, content, before, also=("status", "scheduled_for", *SENT_BACK))
