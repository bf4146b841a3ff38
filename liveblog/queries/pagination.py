"""Pagination of a story's updates.

Pages are counted from the oldest update, so a new one never shifts an older page:
20 updates each, and the first page holds the newest 20 to 39.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from liveblog.models.story import Story
from liveblog.models.update import Update

from .plain_sql import read_newest_columns
from .update_parts import load_parts

SIZE = 20


class UpdateRow(NamedTuple):
    """What a page needs to know of an update whose article was rendered before."""

    pk: UUID
    revision: int


@dataclass(frozen=True)
class Page:
    """Some updates of a story, newest first, and where the pages beside them begin.

    `before` is None on the first page; else the page holds what is older than that
    update's place, at `before_at` with `before_number`. `older`, `newer` and `oldest` are ids for
    `?before=`; `newer` is None also where the newer page is the first one. `is_start`: the
    oldest page, where the reader asked for the oldest first and for no page.
    """

    updates: Sequence[UpdateRow | Update]
    before: UUID | None = None
    before_at: datetime | None = None
    before_number: int | None = None
    older: UUID | None = None
    is_start: bool = False
    has_oldest: bool = False
    find_newer: Callable[[], UUID | None] = lambda: None

    @property
    def is_first(self) -> bool:
        return self.before is None

    @property
    def is_only(self) -> bool:
        return self.is_first and self.older is None

    @cached_property
    def newer(self) -> UUID | None:
        """Read where the page above begins, once it is asked for."""
        return self.find_newer()


def load_updates(stories: dict[int, Story], ids: Iterable[UUID]) -> list[Update]:
    """Load updates of some stories, by their ids, with all that they show."""
    updates = list(Update.objects.filter(pk__in=ids, story__in=stories))
    for update in updates:
        update.story = stories[update.story_id]
    load_parts(updates)
    return updates


def first_size(count: int) -> int:
    """Return how many of `count` updates the first page holds."""
    return count if count < 2 * SIZE else SIZE + count % SIZE


def read_page(story: Story, before: UUID | None = None, *, from_oldest: bool = False) -> Page:
    """Read a page of a story whose row was just read: the first, or one before an update.

    `from_oldest` begins with the oldest page where there are several. An id that the story
    never showed, and one with nothing before it, is the first page.
    """
    is_start = from_oldest and before is None
    anchor = _end_of_oldest(story) if is_start else _shown_once(story, before)
    if anchor is not None:
        page = _page_before(story, anchor, is_start=is_start)
        if page.updates:
            return page
    return _first_page(story)


def read_newest(story: Story, size: int) -> Page:
    """Read a first page cut short: the newest `size` updates of a story."""
    rows = _newest_rows(story, size)
    is_cut = story.update_count > len(rows) > 0
    return Page(rows, older=rows[-1].pk if is_cut else None, has_oldest=is_cut)


def _shown_once(story, id):
    """Find an update that readers saw in this story; it may be retracted."""
    return id and story.updates.seen().filter(pk=id).first()


def _end_of_oldest(story):
    """Find the update before which the oldest page ends, where there are several pages."""
    if story.update_count < 2 * SIZE:
        return None
    return story.updates.public().oldest_first()[SIZE : SIZE + 1].first()


def _first_page(story):
    count = story.update_count
    rows = _newest_rows(story, first_size(count))
    is_only = len(rows) == count
    return Page(
        rows,
        older=None if is_only or not rows else rows[-1].pk,
        has_oldest=not is_only,
    )


def _page_before(story, anchor, *, is_start):
    rows = read_rows(story.updates.public().before(anchor).newest_first()[: SIZE + 1])
    shown = rows[:SIZE]
    return Page(
        shown,
        before=anchor.pk,
        before_at=anchor.published_at,
        before_number=anchor.number,
        older=shown[-1].pk if len(rows) > SIZE else None,
        is_start=is_start,
        has_oldest=True,
        find_newer=lambda: _newer(story, anchor) if shown else None,
    )


def _newer(story, anchor):
    """Find the page above one that ends below `anchor`; None where that is the first."""
    newer = story.updates.public().from_place_of(anchor).oldest_first()
    ids = list(newer.values_list("pk", flat=True)[: 2 * SIZE])
    return None if len(ids) <= first_size(story.update_count) else ids[SIZE]


def _newest_rows(story, most):
    """Read the newest updates of a story whose row was just read; only a public one has any."""
    if not story.is_public:
        return []
    return [UpdateRow(*row) for row in read_newest_columns(story, UpdateRow._fields, most=most)]


def read_rows(updates) -> list[UpdateRow]:
    """Read the few columns of updates that a page needs of those that were rendered before."""
    return [UpdateRow(*row) for row in updates.values_list(*UpdateRow._fields)]
