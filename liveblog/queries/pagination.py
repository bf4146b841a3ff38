"""Pagination of a story's updates.

Pages are counted from the oldest update, so a new one never shifts an older page:
20 updates each, and the first page holds the newest 20 to 39.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery, Value

from liveblog.models.story import Story
from liveblog.models.update import Update

SIZE = 20


@dataclass(frozen=True)
class Page:
    """Some updates of a story, newest first, and where the pages beside them begin.

    `before` is None on the first page; else the page holds what is older than that
    update's place, at `before_at` with `before_number`. `older`, `newer` and `oldest` are ids for
    `?before=`; `newer` is None also where the newer page is the first one. `is_start`: the
    oldest page, where the reader asked for the oldest first and for no page.
    """

    updates: list[Update]
    before: UUID | None = None
    before_at: datetime | None = None
    before_number: int | None = None
    older: UUID | None = None
    newer: UUID | None = None
    oldest: UUID | None = None
    is_start: bool = False

    @property
    def is_first(self) -> bool:
        return self.before is None

    @property
    def is_only(self) -> bool:
        return self.is_first and self.older is None


def first_size(count: int) -> int:
    """Return how many of `count` updates the first page holds."""
    return count if count < 2 * SIZE else SIZE + count % SIZE


def with_pages(stories, before: UUID | None = None, *, from_oldest: bool = False):
    """Annotate stories with what `read_page` needs to know of their updates.

    When the first was published, where the oldest page ends, and the place in order of
    the update `before`, which may be retracted; `from_oldest` begins with the oldest page
    where there are several.
    """
    mine = Update.objects.filter(story=OuterRef("pk"))
    public = mine.public()
    end = public.oldest_first().filter(story__update_count__gte=2 * SIZE)[SIZE : SIZE + 1]
    begins = from_oldest and before is None
    place = end if begins else mine.seen().filter(pk=before)[:1]
    return stories.annotate(
        first_published_at=Subquery(public.oldest_first().values("published_at")[:1]),
        oldest_page=Subquery(public.oldest_first().values("pk")[SIZE : SIZE + 1]),
        before_id=Subquery(place.values("pk")),
        before_at=Subquery(place.values("published_at")),
        before_number=Subquery(place.values("number")),
        is_from_oldest=Value(begins),
    )


def read_page(story: Story) -> Page:
    """Read the page of a story that it came `with_pages` for: the first, or one before an update.

    An id that the story never showed, and one with nothing before it, is the first page.
    """
    if story.before_id is not None:
        anchor = Update(
            pk=story.before_id,
            story=story,
            published_at=story.before_at,
            number=story.before_number,
        )
        page = _page_before(story, anchor)
        if page.updates:
            return page
    return _first_page(story)


def read_newest(story: Story, size: int) -> Page:
    """Read a first page cut short: the newest `size` updates of a story."""
    return Page(_of(story, story.updates.public().newest_first().with_parts()[:size]))


def _first_page(story):
    count = story.update_count
    newest = story.updates.public().newest_first().with_parts()
    updates = _of(story, newest[: first_size(count)])
    is_only = len(updates) == count
    return Page(
        updates,
        older=None if is_only or not updates else updates[-1].pk,
        oldest=None if is_only else story.oldest_page,
    )


def _page_before(story, anchor):
    public = story.updates.public()
    updates = _of(story, public.before(anchor).newest_first().with_parts()[: SIZE + 1])
    shown = updates[:SIZE]
    return Page(
        shown,
        before=anchor.pk,
        before_at=anchor.published_at,
        before_number=anchor.number,
        older=shown[-1].pk if len(updates) > SIZE else None,
        newer=_newer(story, anchor) if shown else None,
        oldest=story.oldest_page,
        is_start=story.is_from_oldest,
    )


def _newer(story, anchor):
    """Find the page above one that ends below `anchor`; None where that is the first."""
    newer = story.updates.public().from_place_of(anchor).oldest_first()
    ids = list(newer.values_list("pk", flat=True)[: 2 * SIZE])
    return None if len(ids) <= first_size(story.update_count) else ids[SIZE]


def _of(story, updates):
    rows = list(updates)
    for update in rows:
        update.story = story
    return rows
