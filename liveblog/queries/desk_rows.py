"""The rows of a desk's timeline: groups, their order, and a window of each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count, F, Q, TextChoices, Value
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from liveblog.models.source import Attribution
from liveblog.models.story import Story
from liveblog.models.update import Update

from .plain_sql import find_update
from .update_parts import load_parts

WINDOW = 40  # rows in one answer, at most
MOST_WORDS = 8  # of a search
START = datetime(1970, 1, 1, tzinfo=UTC)
Status = Update.Status


class Group(TextChoices):
    """The groups of the timeline, in their order on the desk."""

    WAITING = "waiting", _("Waiting")
    SCHEDULED = "scheduled", _("Scheduled")
    DRAFTS = "drafts", _("Drafts")
    RETRACTED = "retracted", _("Retracted")
    AIR = "air", _("On air")

    @property
    def status(self) -> str:
        return STATUSES[self]

    @property
    def is_ascending(self) -> bool:
        """Submitted and scheduled updates are handled in turn: oldest or next due first."""
        return self in {Group.WAITING, Group.SCHEDULED}


STATUSES = {
    Group.WAITING: Status.SUBMITTED,
    Group.SCHEDULED: Status.SCHEDULED,
    Group.DRAFTS: Status.DRAFT,
    Group.RETRACTED: Status.RETRACTED,
    Group.AIR: Status.PUBLISHED,
}
GROUPS = {status: group for group, status in STATUSES.items()}
PLACES = {
    Group.WAITING: Coalesce("created_at", Value(START)),
    Group.SCHEDULED: F("scheduled_for"),
    Group.DRAFTS: Coalesce("published_at", "created_at", Value(START)),
    Group.RETRACTED: F("retracted_at"),
    Group.AIR: F("published_at"),
}


@dataclass(frozen=True)
class Key:
    """A row's place in its group; written so that texts compare as places do."""

    at: datetime
    number: int
    id: str

    @classmethod
    def of(cls, update: Update) -> "Key":
        return cls(_moment_of(update), update.number or 0, str(update.pk))

    @classmethod
    def parse(cls, text: str) -> "Key | None":
        parts = text.split(" ")
        if len(parts) != 3 or not (parts[1].isascii() and parts[1].isdecimal()):
            return None
        try:
            at, id = parse_datetime(parts[0]), str(UUID(parts[2]))
        except ValueError:
            return None
        return cls(at, int(parts[1][:9]), id) if at and at.tzinfo else None

    def __str__(self):
        at = self.at.astimezone(UTC)
        return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06}Z {self.number:09} {self.id}"


@dataclass(frozen=True)
class Window:
    """Some rows of a group in display order, and whether there are more on either side."""

    group: Group
    rows: list[Update]
    is_more_before: bool
    is_more_after: bool


def _moment_of(update) -> datetime:
    match GROUPS[update.status]:
        case Group.SCHEDULED:
            return update.scheduled_for
        case Group.RETRACTED:
            return update.retracted_at
        case Group.DRAFTS:
            return update.published_at or update.created_at or START
        case Group.AIR:
            return update.published_at
    return update.created_at or START


def read_window(story: Story, group: Group, *, q="", before="", after="", size=WINDOW) -> Window:
    """Read rows of a group: its first, or those below the key `after`, or above `before`.

    `q` keeps those that hold all its words. A key that can't be read counts as none.
    """
    rows = _matching(story.updates.filter(status=group.status), q)
    rows = rows.annotate(placed_at=PLACES[group], place_number=Coalesce("number", 0))
    anchor, is_upward = Key.parse(after) or Key.parse(before), bool(before and not after)
    if anchor:
        rows = rows.filter(_beside(anchor, "gt" if group.is_ascending != is_upward else "lt"))
    sign = "" if group.is_ascending != is_upward else "-"
    order = (f"{sign}published_at", f"{sign}number", f"{sign}id")
    if group is not Group.AIR:
        order = (f"{sign}placed_at", f"{sign}place_number", f"{sign}id")
    found = load_rows(story, rows.order_by(*order)[: size + 1])
    more, shown = len(found) > size, found[:size]
    if is_upward:
        return Window(group, shown[::-1], more, True)
    return Window(group, shown, anchor is not None, more)


def read_around(story: Story, update: Update, *, size=WINDOW) -> Window:
    """Read an update's row with as many above and below it in its group."""
    group, key = GROUPS[update.status], str(Key.of(update))
    above = read_window(story, group, before=key, size=size // 2)
    below = read_window(story, group, after=key, size=size // 2)
    rows = [*above.rows, *load_rows(story, story.updates.filter(pk=update.pk)), *below.rows]
    return Window(group, rows, above.is_more_before, below.is_more_after)


def _beside(key, side):
    """Rows on one side of a key; the first condition alone tells the index where to begin."""
    return Q(**{f"placed_at__{side}e": key.at}) & (
        Q(**{f"placed_at__{side}": key.at})
        | Q(placed_at=key.at, **{f"place_number__{side}": key.number})
        | Q(placed_at=key.at, place_number=key.number, **{f"id__{side}": key.id})
    )


def _matching(rows, q):
    for word in q.replace("\0", " ").split()[:MOST_WORDS]:
        cited = Attribution.objects.filter(source__name__icontains=word).values("update")
        holds = Q(headline__icontains=word) | Q(body__icontains=word) | Q(pk__in=cited)
        rows = rows.filter(holds)
    return rows


def load_rows(story: Story, updates) -> list[Update]:
    """Load updates with all that a desk's row shows; their story is `story`."""
    rows = list(updates.select_related("created_by", "sent_back_by"))
    for update in rows:
        update.story = story
    load_parts(rows)
    return rows


def find_row(story: Story, id: UUID) -> Update | None:
    """Read one update with all that a desk's row shows, but for its people; None in no story."""
    update = find_update(id)
    if update is None or update.story_id != story.pk:
        return None
    update.story = story
    load_parts([update])
    return update


def count_waiting(story: Story) -> dict[str, int]:
    """Count the updates that are not published yet, by status."""
    waiting = story.updates.filter(status__in=Update.WAITING).order_by()
    counted = dict(waiting.values_list("status").annotate(Count("pk")))
    return {status: counted.get(status, 0) for status in Update.WAITING} | {
        "all": sum(counted.values())
    }


def count_groups(story: Story, q="") -> dict[str, int]:
    """Count the rows of each group that hold all words of `q`, in one query."""
    counted = _matching(story.updates.order_by(), q).values_list("status").annotate(Count("pk"))
    found = {GROUPS[status].value: count for status, count in counted}
    return {group.value: found.get(group.value, 0) for group in Group}
