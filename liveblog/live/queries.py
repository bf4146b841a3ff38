"""What the hub asks of the database, each question in a thread of its own small pool."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import Count, Sum

from liveblog.models import Story
from liveblog.queries.changes import Cursor, read_changes

from .sse import encode_changes

THREADS = 2

_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="hub")


@dataclass(frozen=True)
class Batch:
    """The events between two revisions of a story, as they go down the wire.

    `start` None stands for a reader who must load the page anew.
    """

    story_id: int
    slug: str
    epoch: str
    status: str
    start: int | None
    end: int
    revisions: list[tuple[int, bytes]]

    @cached_property
    def events(self) -> bytes:
        return self.after(0)

    def after(self, revision: int) -> bytes:
        """Return what a reader who stands at a revision lacks of these events."""
        return b"".join(events for at, events in self.revisions if at > revision)


async def in_thread(question: Callable, *arguments):
    """Ask the database without holding up the readers; the connection goes back at once."""

    def ask():
        try:
            return question(*arguments)
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(_pool, ask)


def read_story(slug: str) -> Story | None:
    """Find the story of an address, an old one too; None where readers know of none."""
    return Story.objects.known_to_readers().at_address(slug).first()


def read_batch(story_id: int, cursor: Cursor) -> Batch | None:
    """Read and render all that changed after a cursor; None where the story is gone entirely."""
    story = Story.objects.with_parts().filter(pk=story_id).first()
    if story is None:
        return None
    start, revisions = cursor.revision, []
    while True:
        changes = read_changes(story, cursor)
        if changes.reload:
            return _batch(story, None, [])
        revisions += encode_changes(changes)
        if not changes.more:
            return _batch(story, start, revisions)
        cursor = Cursor(story.epoch, changes.revision)


def _batch(story, start, revisions):
    return Batch(story.pk, story.slug, story.epoch, story.status, start, story.revision, revisions)


def poll(story_ids: list[int]) -> tuple[dict[int, str], tuple]:
    """Read at which cursor the watched stories stand, and one figure that moves with any story."""
    known = Story.objects.known_to_readers()
    rows = known.filter(pk__in=story_ids).only("epoch", "revision")
    stand = {story.pk: story.cursor for story in rows}
    return stand, tuple(known.aggregate(Count("pk"), Sum("revision")).values())
