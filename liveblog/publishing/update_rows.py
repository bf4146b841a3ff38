"""Read and write an update's row under its story's lock."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from liveblog.models import Update
from liveblog.round_trips import Statement

from .change import Change
from .conflicts import stale, wrong_state
from .content import UpdateContent
from .errors import Conflict, Invalid, Refused
from .policy import may, require, require_pictures
from .statements import inserts_of, update_of

PUBLICATION_COLUMNS = (
    "status",
    "scheduled_for",
    "kind",
    "number",
    "revision",
    "edited_at",
    "retracted_at",
)
COLUMNS = (*UpdateContent.ROW, "body_html", "published_at", "version")


def read_row(change: Change, update: Update) -> Update:
    """Read a row under the lock, once the person may do this to it.

    Permission on the story is checked first, so nothing leaks about rows of other teams.
    """
    require(change.by, change.verb, change.story)
    row = change.reread(update)
    if is_own_and_moved_on(change, row):
        raise wrong_state(row)
    require(change.by, change.verb, row)
    return row


def is_own_and_moved_on(change: Change, row: Update) -> bool:
    """Return whether the user wrote the update, but its state no longer allows them this.

    They get a conflict that says what happened then, not a plain refusal.
    """
    is_own = row.created_by_id is not None and row.created_by_id == change.by.pk
    return is_own and may(change.by, "view", row) and not may(change.by, change.verb, row)


def find(change: Change, update: Update, content: UpdateContent | None = None) -> Update | None:
    """Read the row of an update's id under the lock; None where nobody saved it yet.

    Raises `Conflict` where the id belongs to another story; it carries the row only
    where the person may see it.
    """
    row = change.find(update)
    if row and row.story_id != change.story.pk:
        raise Conflict(
            _("This update was saved in another story. Your text is kept here."),
            current=row if may(change.by, "view", row) else None,
            attempted=content,
        )
    if row:
        row.story = change.story
    return row


def find_permitted(change: Change, update: Update, content: UpdateContent | None = None):
    """Read the row like `find`, once the person may do this to it, or write it anew."""
    require(change.by, change.verb, change.story)
    row = find(change, update, content)
    if row and is_own_and_moved_on(change, row):
        raise stale(row, content)
    require(change.by, change.verb, row or Update(story=change.story))
    return row


def open_row(change: Change, update: Update, content: UpdateContent | None, *, version):
    """Return `(row, its content before or None)` for a verb that writes `content`.

    Checks who may, and that nobody saved another text since `version` (None: whatever is
    there). Without a `content` what is meant is the text of that version.
    """
    row = find_permitted(change, update, content)
    before = UpdateContent.of(row) if row else None
    if content:
        require_pictures(change.by, set(content.pictures) - set(getattr(before, "pictures", ())))
    if row is None:
        return Update(id=update.pk, story=change.story, created_by=change.by), None
    if version not in (None, row.version) and content != before:
        raise stale(row, content)
    return row, before


def write(change: Change, row: Update, content: UpdateContent, before, *, also=()) -> None:
    """Save the row's content and the columns `also` with the change, and keep the version."""
    if content.is_empty:
        raise Invalid({"body": [_("Write a headline or a text.")]})
    content.fill(row)
    if content.published_at:
        row.published_at = content.published_at
    check(change, row)
    change.write(saved(change, row, columns=(*COLUMNS, *also)))
    change.write(content.parts_written(row, before))
    change.count(row, before, content)
    change.add_version(row, content)


def saved(change: Change, row: Update, *, columns) -> list[Statement]:
    """Return what inserts the row, or updates the named columns as its next version."""
    if row._state.adding:
        row.created_at = change.at
        return list(inserts_of([row]))
    row.version += 1
    return [update_of(row, row.with_words({"version", *columns}))]


def resave(change: Change, row: Update, *columns: str) -> None:
    """Save columns of a row whose text stays as it is, and keep the version."""
    change.write(saved(change, row, columns=columns))
    content = UpdateContent.of(row)
    change.count(row, content, content)
    change.add_version(row, content)


def check(change: Change, row: Update) -> None:
    """Raise `Invalid` where the content breaks the model's rules or lies in the future."""
    checked = {*UpdateContent.ROW, "published_at", "scheduled_for"}
    try:
        row.clean_fields(exclude={each.name for each in row._meta.fields} - checked)
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    if row.published_at and row.published_at > change.at:
        raise Invalid({"published_at": [_("An update can't be published in the future.")]})


def require_status(row: Update, *statuses: str) -> None:
    """Raise `Refused` unless the update is in one of these states."""
    if row.status not in statuses:
        raise wrong_state(row)


def require_open(change: Change) -> None:
    """Raise `Refused` unless readers can read the story."""
    if not change.story.is_public:
        raise Refused(_("The story is not open: open it first. Nothing was changed."))
