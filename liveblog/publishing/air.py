"""Verbs on updates that readers see; each takes one revision of the story."""

from datetime import timedelta

from django.utils.translation import gettext as _

from liveblog.models import Correction, Update

from .change import Change, changing
from .content import UpdateContent
from .errors import Invalid, PublishingError, Refused
from .policy import require
from .writing import find, open_row, require_open, require_status, resave, stale, write

Status, Kind = Update.Status, Update.Kind
WAITING = (Status.DRAFT, Status.SUBMITTED, Status.SCHEDULED)
ON_AIR = ("status", "scheduled_for", "kind", "number", "revision", "edited_at", "retracted_at")
UNDO_WITHIN = timedelta(seconds=30)


def publish(update: Update, *, by, content: UpdateContent | None = None, version=None) -> Update:
    """Put an update before readers; `update` names id and story, and need not be saved yet.

    The same id with the same content again is the first answer; with other content a
    `Conflict`; a retracted one is `Refused`.
    """
    with changing(update.story_id, by=by, verb="publish") as change:
        row, before = open_row(change, update, content, version=version)
        require_open(change)
        if row.status == Status.RETRACTED:
            raise Refused(_("This update was withdrawn. Restore it, or write a new one."))
        if row.is_published and content in (None, before):
            return row
        if row.is_published:
            raise stale(row, content)
        air(change, row, content or before, before)
    return row


def publish_due() -> list[Update]:
    """Publish what is scheduled and due, each once however many processes do this.

    Goes by the database's clock. What can't be published stays due, and is told last.
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
    with changing(due.story_id, by=None, verb="publish_due") as change:
        row = find(change, due)
        if row is None or row.status != Status.SCHEDULED or not change.story.is_public:
            return []  # another process was first, or an editor changed their mind
        if not Update.objects.due().filter(pk=row.pk).exists():
            return []
        content = UpdateContent.of(row)
        air(change, row, content, content)
    return [row]


def air(change: Change, row: Update, content: UpdateContent | None, before, *, moment=None) -> None:
    """Make an update public within a change, at its own moment, else `moment`, else now."""
    if content is None:
        raise Invalid({"body": [_("Write a headline or a text.")]})
    intended = row.published_at if row.number is None else None
    row.published_at = content.published_at or intended or moment or change.at
    row.status, row.kind, row.scheduled_for = Status.PUBLISHED, Kind.NEW, None
    row.edited_at = row.retracted_at = None
    change.stamp(row)
    change.touch()
    write(change, row, content, before, also=ON_AIR)


def edit(
    update: Update, content: UpdateContent, *, by, kind: str, version=None, note: str = ""
) -> Update:
    """Change a published update.

    `kind` says what readers are told: a typo shows no mark and moves no date; added
    information shows "Updated"; a clarification or correction needs a public `note`.
    The same content again is the first answer.
    """
    kind = Kind(kind)
    with changing(update.story_id, by=by, verb="edit", note=note) as change:
        row, before = open_row(change, update, content, version=version)
        require_status(row, Status.PUBLISHED)
        noted = kind in {Kind.CLARIFICATION, Kind.CORRECTION}
        _check_kind(kind, noted=noted, note=note)
        moved = content.published_at not in (None, row.published_at)
        if content == before and not moved and not _is_new_note(row, kind, note, noted=noted):
            return row
        _mark(change, row, kind, is_quiet=not moved and _is_in_list_alone(row, content, before))
        write(change, row, content, before, also=("kind", "revision", "edited_at"))
        if noted:
            Correction.objects.create(
                story=change.story, update=row, kind=kind, note=note.strip(), corrected_at=change.at
            )
            change.recount_corrections()
    return row


def correct(update: Update, content: UpdateContent, *, by, note: str, version=None) -> Update:
    """Correct a published update, and tell readers what was wrong."""
    return edit(update, content, by=by, kind=Kind.CORRECTION, version=version, note=note)


def _check_kind(kind, *, noted, note):
    if kind == Kind.NEW:
        raise Invalid({"kind": [_("Say what kind of edit this is.")]})
    if noted and not note.strip():
        raise Invalid({"note": [_("Tell readers what was wrong or unclear.")]})
    if len(note) > Correction._meta.get_field("note").max_length:
        raise Invalid({"note": [_("The note is too long.")]})


def _is_new_note(row, kind, note, *, noted):
    latest = row.corrections.first() if noted else None
    return noted and (latest is None or (latest.kind, latest.note) != (kind, note.strip()))


def _is_in_list_alone(row, content, before):
    """Tell whether an edit shows in the list of updates and nowhere else on the page.

    A pinned update stands at the top too, and one without headline goes by its first words.
    """
    seen_elsewhere = ("headline", "is_key_event", "sources")
    is_same = all(getattr(content, name) == getattr(before, name) for name in seen_elsewhere)
    return is_same and bool(content.headline) and not row.is_pinned


def _mark(change, row, kind, *, is_quiet):
    row.kind = kind
    change.stamp(row)
    if kind != Kind.TYPO:
        row.edited_at = change.at
        change.touch()
    elif not is_quiet:
        change.touch(is_news=False)


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
        _set_pin(change, former, is_pinned=True)


def _published_moment(row):
    verbs = ["publish", "publish_due", "open_story"]
    return row.versions.filter(verb__in=verbs).values_list("at", flat=True).first()


def _take_down(change, row, *, to):
    row.status, row.is_pinned = to, False
    row.retracted_at = change.at
    change.stamp(row)
    change.touch()
    resave(change, row, *ON_AIR, "is_pinned", "retraction_note")
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
        resave(change, row, *ON_AIR, "retraction_note")
        change.recount_corrections()
    return row


def pin(update: Update, *, by) -> Update:
    """Hold an update at the top of its story; a pin that was there gives way."""
    with changing(update.story_id, by=by, verb="pin") as change:
        require(by, "pin", update)
        row = change.reread(update)
        require_status(row, Status.PUBLISHED)
        if not row.is_pinned:
            for other in Update.objects.pinned().filter(story=change.story):
                other.story = change.story
                _set_pin(change, other, is_pinned=False)
            _set_pin(change, row, is_pinned=True)
    return row


def unpin(update: Update, *, by) -> Update:
    """Let an update go back to its place alone."""
    with changing(update.story_id, by=by, verb="unpin") as change:
        require(by, "pin", update)
        row = change.reread(update)
        if row.is_pinned:
            _set_pin(change, row, is_pinned=False)
    return row


def _set_pin(change, row, *, is_pinned):
    row.is_pinned = is_pinned
    change.stamp(row)
    change.touch(is_news=False)
    resave(change, row, "is_pinned", "revision")


def mark_key_event(update: Update, *, by, is_key_event: bool = True) -> Update:
    """Put a published update on its story's timeline, or take it off."""
    with changing(update.story_id, by=by, verb="mark_key_event") as change:
        require(by, "mark_key_event", update)
        row = change.reread(update)
        require_status(row, Status.PUBLISHED)
        if row.is_key_event != is_key_event:
            row.is_key_event = is_key_event
            change.stamp(row)
            change.touch(is_news=False)
            resave(change, row, "is_key_event", "revision")
    return row
