"""Verbs that publish updates, now or when due; each takes one revision of its story."""

from django.utils.translation import gettext as _

from liveblog.models import Update, Version

from .change import Change, changing_with
from .conflicts import stale, what_happened
from .content import UpdateContent
from .drafts import SENT_BACK, forget_send_back
from .errors import Invalid, PublishingError, Refused
from .update_rows import PUBLICATION_COLUMNS, find, open_row, require_open, write

Status, Kind, Verb = Update.Status, Update.Kind, Version.Verb


def publish(update: Update, *, by, content: UpdateContent | None = None, version=None) -> Update:
    """Publish an update; `update` names id and story, and need not be saved yet.

    The same id with the same content again is the first answer; with other content a
    `Conflict`; a retracted one is `Refused`.
    """
    with changing_with(update, by=by, verb=Verb.PUBLISH) as change:
        row, before = open_row(change, update, content, version=version)
        require_open(change)
        if row.status == Status.RETRACTED:
            restore = _("Restore it, or write a new one.")
            raise Refused(f"{what_happened(row)} {restore}")
        if row.is_published and content in (None, before):
            return row
        if row.is_published:
            raise stale(row, content)
        make_public(change, row, content or before, before)
    return row


def publish_due() -> list[Update]:
    """Publish what is scheduled and due, each once however many processes do this.

    Uses the database's clock. Updates that can't be published stay due, and are reported last.
    """
    published, failed = [], []
    for due in list(Update.objects.due().select_related("story")):
        try:
            published += _publish_scheduled(due)
        except PublishingError as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup(f"{len(failed)} scheduled updates were not published", failed)
    return published


def _publish_scheduled(due: Update) -> list[Update]:
    with changing_with(due, by=None, verb=Verb.PUBLISH_DUE) as change:
        row = find(change, due)
        if row is None or row.status != Status.SCHEDULED or not change.story.is_public:
            return []  # another process was first, or an editor changed their mind
        if not Update.objects.due().filter(pk=row.pk).exists():
            return []
        content = UpdateContent.of(row)
        make_public(change, row, content, content)
    return [row]


def make_public(
    change: Change, row: Update, content: UpdateContent | None, before, *, moment=None
) -> None:
    """Make an update public within a change, at its own moment, else `moment`, else now."""
    if content is None:
        raise Invalid({"body": [_("Write a headline or a text.")]})
    intended = row.published_at if row.number is None else None
    row.published_at = content.published_at or intended or moment or change.at
    row.status, row.kind, row.scheduled_for = Status.PUBLISHED, Kind.NEW, None
    row.edited_at = row.retracted_at = None
    forget_send_back(row)
    change.mark_update(row)
    change.mark_story()
    write(change, row, content, before, also=(*PUBLICATION_COLUMNS, *SENT_BACK))
