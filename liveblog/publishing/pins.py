"""Verbs that pin updates and mark key events."""

from liveblog.models import Update, Version

from .change import Change, changing_with
from .update_rows import read_row, require_status, resave

Status, Verb = Update.Status, Version.Verb


def pin(update: Update, *, by) -> Update:
    """Pin an update at the top of its story, in place of any other pin."""
    with changing_with(update, by=by, verb=Verb.PIN) as change:
        row = read_row(change, update)
        require_status(row, Status.PUBLISHED)
        if not row.is_pinned:
            for other in Update.objects.pinned().filter(story=change.story):
                other.story = change.story
                set_pin(change, other, is_pinned=False)
            set_pin(change, row, is_pinned=True)
    return row


def unpin(update: Update, *, by) -> Update:
    with changing_with(update, by=by, verb=Verb.UNPIN) as change:
        row = read_row(change, update)
        if row.is_pinned:
            set_pin(change, row, is_pinned=False)
    return row


def set_pin(change: Change, row: Update, *, is_pinned: bool) -> None:
    """Pin or unpin within a change; the caller makes sure that there is one pin at most."""
    row.is_pinned = is_pinned
    change.mark_update(row)
    change.mark_story(is_news=False)
    resave(change, row, "is_pinned", "revision")


def mark_key_event(update: Update, *, by, is_key_event: bool = True) -> Update:
    """Mark a published update as a key event, or remove the mark."""
    with changing_with(update, by=by, verb=Verb.MARK_KEY_EVENT) as change:
        row = read_row(change, update)
        require_status(row, Status.PUBLISHED)
        if row.is_key_event != is_key_event:
            row.is_key_event = is_key_event
            change.mark_update(row)
            change.mark_story(is_news=False)
            resave(change, row, "is_key_event", "revision")
    return row
