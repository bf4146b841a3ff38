"""Verbs on updates that readers don't see yet; none takes a revision."""

from datetime import datetime

from django.utils.translation import gettext as _

from liveblog.models import Update, Version

from .change import changing
from .content import UpdateContent
from .errors import Conflict, Invalid, Refused
from .policy import require
from .snapshots import read_update
from .update_rows import find, open_row, require_open, require_status, resave, stale, write

Status = Update.Status


def save_draft(update: Update, content: UpdateContent, *, by, version=None) -> Update:
    """Keep what was written; `update` names id and story, and need not be saved yet.

    Saving the same content again is the first save's answer. Raises `Conflict` where
    somebody saved since `version`, or published it meanwhile.
    """
    with changing(update.story_id, by=by, verb="save_draft") as change:
        row = find(change, update, content)
        if row and row.status not in Update.WAITING and UpdateContent.of(row) != content:
            raise stale(row, content)
        row, before = open_row(change, update, content, version=version)
        if before != content or content.published_at not in (None, row.published_at):
            write(change, row, content, before)
    return row


def submit(update: Update, *, by, content=None, version=None) -> Update:
    """Hand a draft to the editors."""
    return _move(update, content, by=by, verb="submit", version=version, to=Status.SUBMITTED)


def send_back(update: Update, *, by, note: str = "") -> Update:
    """Give a submitted or scheduled update back as a draft, with a word to its writer."""
    with changing(update.story_id, by=by, verb="send_back", note=note) as change:
        require(by, "send_back", update)
        row = change.reread(update)
        require_status(row, Status.SUBMITTED, Status.SCHEDULED)
        row.status, row.scheduled_for = Status.DRAFT, None
        resave(change, row, "status", "scheduled_for")
    return row


def schedule(update: Update, *, by, at: datetime, content=None, version=None) -> Update:
    """Have an update published at a moment to come; the ticker does it, not a second early."""
    with changing(update.story_id, by=by, verb="schedule") as change:
        row, before = open_row(change, update, content, version=version)
        require_open(change)
        require_status(row, *Update.WAITING)
        if at <= change.at:
            raise Invalid({"scheduled_for": [_("This moment has passed.")]})
        row.status, row.scheduled_for = Status.SCHEDULED, at
        _write(change, row, content, before)
    return row


def delete_draft(update: Update, *, by) -> None:
    """Delete an update that was never published; its versions stay, and `revive` undoes it."""
    with changing(update.story_id, by=by, verb="delete_draft") as change:
        row = change.reread(update)
        require(by, "delete_draft", row)
        if row.number is not None or row.status not in Update.WAITING:
            raise Refused(_("Readers have seen this update. Withdraw it instead."))
        change.keep(row, UpdateContent.of(row))
        change.finish()
        row.delete()


def revive(version: Version, *, by) -> Update:
    """Bring a deleted draft back as this version was, to whoever wrote it first."""
    kept = Version.objects.filter(update_id_was=version.update_id_was)
    update = Update(id=version.update_id_was, story=version.story, created_by=kept.last().by)
    with changing(version.story, by=by, verb="revive") as change:
        if find(change, update):
            raise Refused(_("This draft is not deleted."))
        require(by, "save_draft", update)
        write(change, update, read_update(version), None)
        kept.update(update=update)
    return update


def _move(update, content, *, by, verb, version, to):
    with changing(update.story_id, by=by, verb=verb) as change:
        row, before = open_row(change, update, content, version=version)
        if row.status == to and content in (None, before):
            return row
        if row.status not in Update.WAITING:
            raise Conflict(
                _("This update is published by now. Your text is kept here."),
                current=row,
                attempted=content,
            )
        row.status = to
        _write(change, row, content, before)
    return row


def _write(change, row, content, before):
    content = content or before
    if content is None:
        raise Invalid({"body": [_("Write a headline or a text.")]})
    write(change, row, content, before, also=("status", "scheduled_for"))
