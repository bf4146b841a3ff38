"""What the event loop asks of the database, in threads of its own small pools."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum
from django.utils import timezone

from liveblog.models import Story, Update
from liveblog.queries.changes import Cursor, read_changes
from liveblog.queries.plain_sql import find_story, is_at
from liveblog.queries.regions import read_regions
from liveblog.rendering import regions_html

from .known_revisions import PolledPositions
from .sse import Parts, Revision, encode_changes

# What a visitor may ask for at will, in any number, keeps nobody's changes waiting.
_changes = ThreadPoolExecutor(2, thread_name_prefix="changes")
_lookups = ThreadPoolExecutor(2, thread_name_prefix="lookups")
_missed = ThreadPoolExecutor(2, thread_name_prefix="missed")


@dataclass(frozen=True)
class Batch:
    """The events between two revisions of a story, as readers are sent them.

    `start` None: the reader must load the page anew. `parts` are the story's own parts at
    `end`, None where nobody can say: they did not change, or the story moves on already.
    """

    story_id: int
    slug: str
    epoch: str
    status: str
    start: int | None
    end: int
    revisions: list[Revision]
    has_parts: bool = False
    parts: Parts | None = None

    @cached_property
    def events(self) -> bytes:
        """What a reader at `start` lacks."""
        return b"".join(each.difference for each in self.revisions)

    @cached_property
    def size(self) -> int:
        """Bytes that all forms of the events take."""
        return 2 * len(self.events) + sum(len(each.whole) for each in self.revisions)

    def after(self, revision: int) -> bytes:
        """Return what a reader at any revision lacks of these events."""
        return b"".join(each.whole for each in self.revisions if each.number > revision)


async def in_thread(question: Callable, *arguments, pool: ThreadPoolExecutor = _changes):
    """Ask the database without holding up the readers; the connection goes back at once."""

    def ask():
        try:
            return question(*arguments)
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(pool, ask)


async def look_up(question: Callable, *arguments):
    """Ask what an address names."""
    return await in_thread(question, *arguments, pool=_lookups)


async def read_missed(question: Callable, *arguments):
    """Read what a reader missed, at whatever cursor they come back with."""
    return await in_thread(question, *arguments, pool=_missed)


def read_story(slug: str) -> Story | None:
    """Find the story of an address, an old one too; None where readers know of none."""
    return Story.objects.known_to_readers().at_address(slug).first()


@dataclass(frozen=True)
class Newest:
    """How far a story has come; `is_public` is False for one that was withdrawn."""

    story_id: int
    cursor: str
    is_public: bool


def read_newest(ids: Iterable[int]) -> list[Newest]:
    """Read how far those stories have come that readers know of."""
    stories = Story.objects.known_to_readers().filter(pk__in=ids)
    return [Newest(each.pk, each.cursor, each.is_public) for each in stories]


def read_batch(story_id: int, cursor: Cursor, shown: Parts | None = None) -> Batch | None:
    """Read and render all that changed after a cursor; None where the story is gone entirely.

    `shown` are the story's parts as readers at the cursor have them, where that is known.
    """
    story = find_story(story_id)
    if story is None:
        return None
    start, revisions, parts = cursor.revision, [], None
    cursor = replace(cursor, is_from_start=False)  # a long story comes by `read_page`
    while True:
        changes = read_changes(story, cursor)
        if changes.reload:
            return _batch(story, None, [], None)
        encoded, changed_parts = encode_changes(changes, shown)
        revisions += encoded
        parts = changed_parts or parts
        if not changes.more:
            return _batch(story, start, revisions, parts)
        cursor = Cursor(story.epoch, changes.revision)


def read_page(story_id: int, cursor: Cursor) -> tuple[bytes, Cursor | None] | None:
    """Read one page of a long story, and where the next begins; None where it is to be reloaded."""
    story = Story.objects.with_parts().filter(pk=story_id).first()
    changes = read_changes(story, cursor) if story else None
    if changes is None or changes.reload:
        return None
    revisions, _parts = encode_changes(changes, None)
    return b"".join(each.whole for each in revisions), Cursor.parse(changes.cursor)


def _batch(story, start, revisions, parts):
    return Batch(
        *(story.pk, story.slug, story.epoch, story.status, start, story.revision, revisions),
        has_parts=parts is not None,
        parts=parts if parts and is_at(story) else None,
    )


def read_parts(story_id: int, cursor: str) -> Parts | None:
    """Render a story's own parts as a page at `cursor` shows them; None where it moved on."""
    story = find_story(story_id)
    if story is None or story.cursor != cursor:
        return None
    parts = regions_html(read_regions(story), now=timezone.now())
    return parts if is_at(story) else None


def read_positions(watched: list[int], figure: tuple[int, int] | None) -> PolledPositions:
    """Read how far stories are: all of them, unless number and sum of revisions are as expected."""
    stories = Story.objects.known_to_readers()
    counted = stories.aggregate(count=Count("pk"), sum=Sum("revision", default=0))
    has_all = (counted["count"], counted["sum"]) != figure
    rows = stories if has_all else stories.filter(pk__in=watched)
    read = rows.values_list("pk", "epoch", "revision")
    return PolledPositions({id: (epoch, revision) for id, epoch, revision in read}, has_all)


def is_page_start(slug: str, id: UUID) -> bool:
    """Tell whether a story's pages may begin before an update: readers saw it there once."""
    return Update.objects.seen().filter(pk=id, story__slug=slug).exists()
