"""One story with readers: its newest revision, its recent events, and who is to get them."""

import asyncio
import logging
import time
from collections import deque
from contextlib import suppress

from django.db import Error as DatabaseError

from liveblog.models import Story
from liveblog.queries.changes import Cursor

from .queries import Batch, in_thread, read_batch, read_parts
from .sse import GONE, RELOAD, Parts
from .subscriber import Subscriber

log = logging.getLogger(__name__)

TAIL_BYTES = 512 * 1024  # events of a story kept for readers who come back
# Events that a story keeps by the cursors that readers come back with. After a restart a crowd
# comes with few cursors; any number of cursors must not fill the memory.
CAUGHT_UP_BYTES = 2 * 1024 * 1024


class Channel:
    """A story with readers. `parts` are its own parts at its cursor, where they are known."""

    def __init__(self, story: Story):
        self.story_id, self.slug = story.pk, story.slug
        self.epoch, self.revision = story.epoch, story.revision
        self.parts: Parts | None = None
        self.readers: set[Subscriber] = set()
        self.asked_at = time.monotonic()
        self.last_sent = (0, 0.0)  # a revision, and when in seconds since 1970
        self.tail: deque[Batch] = deque()
        self.lock = asyncio.Lock()
        self.is_refresh_due = False  # one waits for the lock, and will see all changes until then
        self.catching_up: dict[Cursor, asyncio.Task] = {}
        self.caught_up: dict[Cursor, Batch] = {}

    @property
    def cursor(self) -> str:
        return f"{self.epoch}-{self.revision}"

    async def refresh(self) -> bool:
        """Send readers what changed since the last events; one at a time.

        Returns False where the stream of this story is over.
        """
        async with self.lock:
            self.is_refresh_due = False
            cursor = Cursor(self.epoch, self.revision)
            try:
                batch = await in_thread(read_batch, self.story_id, cursor, self.parts)
            except DatabaseError:
                log.warning("The database did not answer; the next poll asks again.")
                return True
            if batch is None or batch.status == Story.Status.WITHDRAWN:
                return self._dismiss(GONE)
            if batch.start is None or batch.slug != self.slug:
                return self._dismiss(RELOAD)
            if batch.end > self.revision:
                self._advance(batch)
            return True

    async def learn_parts(self) -> None:
        """Learn what readers see of a story's own parts, so that changes send those that differ."""
        async with self.lock:
            with suppress(DatabaseError):  # then the first change sends all parts
                self.parts = await in_thread(read_parts, self.story_id, self.cursor)

    def _advance(self, batch):
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

    def _dismiss(self, event):
        for reader in list(self.readers):
            reader.push(event)
            reader.finish()
        return False

    def keep(self, cursor: Cursor, batch: Batch) -> None:
        """Hold what readers at `cursor` miss: after a restart they come by the thousand."""
        self.caught_up[cursor] = batch
        while len(self.caught_up) > 1 and self._caught_up_size > CAUGHT_UP_BYTES:
            del self.caught_up[next(iter(self.caught_up))]

    @property
    def _caught_up_size(self):
        return sum(each.size for each in self.caught_up.values())

    def since(self, revision: int) -> list[Batch] | None:
        """Return what a reader at `revision` needs; None where the tail does not reach back."""
        if revision == self.revision:
            return []
        batches = [batch for batch in self.tail if batch.end > revision]
        return batches if batches and batches[0].start <= revision else None
