"""Verbs on a story's state: open, end, withdraw, and delete before publication."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from liveblog.models import Story, Update, Version

from .audit import record
from .change import changing
from .conflicts import wrong_state
from .content import UpdateContent
from .errors import Refused
from .locks import locked_one
from .notes import read_note
from .policy import require
from .publication import make_public
from .stories import resave_story
from .update_rows import require_status

Status, Verb = Story.Status, Version.Verb


def open_story(story: Story, *, by, updates: Iterable[Update] = ()) -> Story:
    """Open a draft or ended story, and publish the given drafts, oldest first.

    Drafts that carry a moment keep it; the others follow each other now.
    """
    with changing(story, by=by, verb=Verb.OPEN_STORY) as change:
        require(by, Verb.OPEN_STORY, story)
        row = change.story
        _require(row, Status.DRAFT, Status.ENDED, Status.LIVE)
        drafts = [change.reread(update) for update in updates]
        if row.status == Status.LIVE and not drafts:
            return row
        row.status, row.ended_at = Status.LIVE, None
        row.opened_at = row.opened_at or change.at
        change.mark_story()
        for place, draft in enumerate(reversed(drafts)):
            require_status(draft, *Update.WAITING)
            content = UpdateContent.of(draft)
            make_public(
                change, draft, content, content, moment=change.at - timedelta(microseconds=place)
            )
        _save_with_counters(change, "status", "opened_at", "ended_at")
    return row


def end_story(story: Story, *, by) -> Story:
    """End a story; it stays readable and can be opened again."""
    with changing(story, by=by, verb=Verb.END_STORY) as change:
        require(by, Verb.END_STORY, story)
        row = change.story
        if row.status == Status.ENDED:
            return row
        _require(row, Status.LIVE)
        row.status, row.ended_at = Status.ENDED, change.at
        change.mark_story()
        _save_with_counters(change, "status", "ended_at")
    return row


def withdraw_story(story: Story, *, by, note: str = "") -> Story:
    """Withdraw a story; all its addresses answer 410."""
    note = read_note(note, Version._meta.get_field("note"))
    with changing(story, by=by, verb=Verb.WITHDRAW_STORY, note=note) as change:
        require(by, Verb.WITHDRAW_STORY, story)
        row = change.story
        if row.status == Status.WITHDRAWN:
            return row
        _require(row, Status.LIVE, Status.ENDED)
        row.status, row.withdrawn_at = Status.WITHDRAWN, change.at
        change.mark_story()
        change.is_removal = True
        _save_with_counters(change, "status", "withdrawn_at")
    return row


def delete_story(story: Story, *, by) -> None:
    """Delete a story that was never opened, with its drafts and their history."""
    with locked_one(story) as row:
        require(by, Verb.DELETE_STORY, row)
        if row.status != Status.DRAFT or row.opened_at:
            raise Refused(_("Readers have seen this story. End or withdraw it instead."))
        row.versions.all().delete()
        row.updates.all().delete()
        record(Verb.DELETE_STORY, by=by, on=row)
        row.delete()


def _save_with_counters(change, *columns):
    """Save counters before the status: a constraint ties the status to the revision."""
    change.write_counters()
    resave_story(change, *columns)


def _require(story, *statuses):
    if story.status not in statuses:
        raise wrong_state(story)
