"""Take updates from readers, and give them back."""

from datetime import timedelta

from django.utils.translation import gettext as _

from liveblog.models import Update

from .change import changing
from .errors import Invalid, Refused
from .pins import set_pin
from .policy import require
from .update_rows import PUBLICATION_COLUMNS, require_open, require_status, resave

Status, Kind = Update.Status, Update.Kind
UNDO_WITHIN = timedelta(seconds=30)


def retract(update: Update, *, by, note: str = "", without_trace: bool = False) -> Update:
    """Take an update down for good; readers are told `note`, or nothing `without_trace`."""
    note = note.strip()
    if not note and not without_trace:
        raise Invalid({"note": [_("Tell readers why, or withdraw it without trace.")]})
    with changing(update.story_id, by=by, verb="retract", note=note) as change:
        require(by, "retract", update)
        row = change.reread(update)
        if row.status == Status.RETRACTED:
            return row
        require_status(row, Status.PUBLISHED)
        row.retraction_note = "" if without_trace else note
        _take_down(change, row, to=Status.RETRACTED)
    return row


def undo(update: Update, *, by) -> Update:
    """Take back a publication within 30 s: gone without trace, the text a draft again."""
    with changing(update.story_id, by=by, verb="undo") as change:
        require(by, "retract", update)
        row = change.reread(update)
        if row.status == Status.DRAFT and row.number is not None:
            return row
        require_status(row, Status.PUBLISHED)
        if row.kind != Kind.NEW or change.at - _published_moment(row) > UNDO_WITHIN:
            raise Refused(_("Too late to undo: withdraw the update instead."))
        row.retraction_note = ""
        was_pinned = row.is_pinned
        _take_down(change, row, to=Status.DRAFT)
        if was_pinned:
            _give_pin_back(change, row)
    return row


def _give_pin_back(change, row):
    """Pin again what the pin of an undone update had taken over."""
    pinned_at = row.versions.filter(verb="pin").values_list("revision", flat=True).first()
    taken = Update.objects.filter(versions__verb="pin", versions__revision=pinned_at)
    for former in taken.filter(story=change.story, status=Status.PUBLISHED).exclude(pk=row.pk)[:1]:
        former.story = change.story
        set_pin(change, former, is_pinned=True)


def _published_moment(row):
    verbs = ["publish", "publish_due", "open_story"]
    return row.versions.filter(verb__in=verbs).values_list("at", flat=True).first()


def _take_down(change, row, *, to):
    row.status, row.is_pinned = to, False
    row.retracted_at = change.at
    change.stamp(row)
    change.touch()
    resave(change, row, *PUBLICATION_COLUMNS, "is_pinned", "retraction_note")
    change.recount_corrections()


def restore(update: Update, *, by) -> Update:
    """Put a retracted update back at its place; readers are told when it came back.

    Feeds had dropped it, and take it again only where `updated` moved (RFC 4287, 4.2.15).
    """
    with changing(update.story_id, by=by, verb="restore") as change:
        require(by, "restore", update)
        row = change.reread(update)
        if row.is_published:
            return row
        require_status(row, Status.RETRACTED)
        require_open(change)
        row.status, row.retracted_at, row.retraction_note = Status.PUBLISHED, None, ""
        row.edited_at = change.at
        change.stamp(row)
        change.touch()
        resave(change, row, *PUBLICATION_COLUMNS, "retraction_note")
        change.recount_corrections()
    return row
