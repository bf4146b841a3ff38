"""One story with readers: its newest revision, its recent events, and who is to get them."""

import asyncio
import time
from collections import deque

from liveblog.models import Story
from liveblog.queries.changes import Cursor

from .queries import Batch
from .sse import Parts
from .subscriber import Subscriber

TAIL_BYTES = 512 * 1024  # events of a story kept for readers who come back
CURSORS = 100  # cursors that readers come back with, whose answers a story keeps


class Channel:
    """A story with readers. `parts` are its own parts at its cursor, where they are known."""

    def __init__(self, story: Story):
        self.story_id, self.slug = story.pk, story.slug
        self.epoch, self.revision = story.epoch, story.revision
        self.parts: Parts | None = None
        self.readers: set[Subscriber] = set()
        self.last_sent = (0, 0.0)  # a revision, and when in seconds since 1970
        self.tail: deque[Batch] = deque()
        self.lock = asyncio.Lock()
        self.is_refresh_due = False  # one waits for the lock, and will see all changes until then
        self.catching_up: dict[Cursor, asyncio.Task] = {}
        self.caught_up: dict[Cursor, Batch] = {}

    @property
    def cursor(self) -> str:
        return f"{self.epoch}-{self.revision}"

    def advance(self, batch: Batch) -> None:
        """Take the newest events, and send them to each reader who does not have them yet."""
        self.revision = batch.end
        if batch.has_parts:
            self.parts = batch.parts
        self.caught_up.clear()
        self.tail.append(batch)
        while sum(len(each.events) for each in self.tail) > TAIL_BYTES:
            self.tail.popleft()
        for reader in list(self.readers):
            reader.take(batch)
        self.last_sent = (batch.end, time.time())

    def keep(self, cursor: Cursor, batch: Batch) -> None:
        """Hold what readers at `cursor` miss: after a restart they come by the thousand."""
        if len(self.caught_up) >= CURSORS:
            self.caught_up.clear()
        self.caught_up[cursor] = batch

    def since(self, revision: int) -> list[Batch] | None:
        """Return what a reader at `revision` needs; None where the tail does not reach back."""
        if revision == self.revision:
            return []
        batches = [batch for batch in self.tail if batch.end > revision]
        return batches if batches and batches[0].start <= revision else None
