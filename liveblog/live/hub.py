"""Between the bell and the readers: one query and one rendering per story and change."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from django.db import Error as DatabaseError

from liveblog.models import Story
from liveblog.queries.changes import Cursor

from .queries import Batch, in_thread, poll, read_batch, read_parts, read_story
from .single_flight import single_flight
from .sse import GONE, RELOAD, Parts, beat, retry
from .subscriber import CATCHING_UP, Subscriber

log = logging.getLogger(__name__)

BEAT = 15.0  # seconds; pages treat twice this silence as a lost connection
TAIL_BYTES = 512 * 1024  # events of a story kept for readers who come back
CURSORS = 100  # places that readers come back from, whose answers a story keeps
COME_BACK = (0.5, 5.0)  # seconds a page waits before it reconnects: at least, and spread


class Channel:
    """A story with readers: its cursor, its parts there, the last events, and who listens."""

    def __init__(self, story: Story):
        self.story_id, self.slug = story.pk, story.slug
        self.epoch, self.revision = story.epoch, story.revision
        self.parts: Parts | None = None
        self.readers: set[Subscriber] = set()
        self.tail: deque[Batch] = deque()
        self.lock = asyncio.Lock()
        self.catching_up: dict[Cursor, asyncio.Task] = {}
        self.caught_up: dict[Cursor, Batch] = {}

    @property
    def cursor(self) -> str:
        return f"{self.epoch}-{self.revision}"

    def remember(self, batch: Batch) -> None:
        self.caught_up.clear()
        self.tail.append(batch)
        while sum(len(each.events) for each in self.tail) > TAIL_BYTES:
            self.tail.popleft()

    def keep(self, cursor: Cursor, batch: Batch) -> None:
        """Hold what readers at `cursor` miss: after a restart they come by the thousand."""
        if len(self.caught_up) >= CURSORS:
            self.caught_up.clear()
        self.caught_up[cursor] = batch

    def since(self, revision: int) -> list[Batch] | None:
        """Return what a reader at `revision` needs; None where the tail does not tell."""
        if revision == self.revision:
            return []
        batches = [batch for batch in self.tail if batch.end > revision]
        return batches if batches and batches[0].start <= revision else None

    def send(self, batch: Batch) -> None:
        """Put events into the line of each reader who does not have them yet."""
        for reader in list(self.readers):
            reader.take(batch)


class Hub:
    """All channels of this process; lives in one event loop.

    `ring` may be called from any thread. A lost bell only delays: the look finds what
    it did not tell. `last_look` is the monotonic moment of the last good one, and
    `is_away` says that the newest failed. `is_listening` is None where there is no line
    to listen on.
    """

    def __init__(self):
        self.channels: dict[int, Channel] = {}
        self.on_change: Callable[[int | None], None] = lambda story_id: None
        self.on_look: Callable[[dict[int, str]], None] = lambda stand: None
        self.watched_besides: Callable[[], set[int]] = set
        self.last_look = time.monotonic()
        self.looks = self.opened = self.cut = 0
        self.is_away = False
        self.is_listening: bool | None = None
        self.is_closing = False
        self._finding: dict[str, asyncio.Task] = {}
        self._everything: tuple | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task] = set()

    @property
    def is_in_doubt(self) -> bool:
        """The database is away, or about to be found so: the line to it broke."""
        return self.is_away or self.is_listening is False

    # -- the bell and the look

    def start(self) -> None:
        """Begin to beat; call in the event loop that serves the readers."""
        self._loop = asyncio.get_running_loop()
        self._run(self._beat())

    def notify(self, story_id: int, revision: int) -> None:
        """Hear that a story changed; from any thread."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._wake, story_id)

    def _wake(self, story_id: int | None) -> None:
        self.on_change(story_id)
        if story_id in self.channels:
            self._run(self.refresh(self.channels[story_id]))

    async def poll(self) -> None:
        """Ask the database where all watched stories stand, and wake those that moved."""
        watched = self.watched_besides().union(self.channels)
        try:
            stand, everything = await in_thread(poll, list(watched))
        except DatabaseError:
            self.is_away = True
            raise
        self.is_away = False
        self.last_look = time.monotonic()
        self.looks += 1
        for channel in list(self.channels.values()):
            if stand.get(channel.story_id) != channel.cursor:
                self._wake(channel.story_id)
        self.on_look(stand)
        if everything != self._everything:
            self._everything = everything
            self.on_change(None)

    async def refresh(self, channel: Channel) -> None:
        """Send a story's readers what changed since the last events; one at a time."""
        async with channel.lock:
            cursor = Cursor(channel.epoch, channel.revision)
            try:
                batch = await in_thread(read_batch, channel.story_id, cursor, channel.parts)
            except DatabaseError:
                log.warning("The database did not answer; the next look asks again.")
                return
            self._spread(channel, batch)

    def _spread(self, channel, batch):
        if batch is None or batch.status == Story.Status.WITHDRAWN:
            self._dismiss(channel, GONE)
        elif batch.start is None or batch.slug != channel.slug:
            self._dismiss(channel, RELOAD)
        elif batch.end > channel.revision:
            channel.revision = batch.end
            if batch.has_parts:
                channel.parts = batch.parts
            channel.remember(batch)
            channel.send(batch)

    def _dismiss(self, channel, event):
        self.channels.pop(channel.story_id, None)
        for reader in list(channel.readers):
            reader.push(event)
            reader.finish()

    # -- readers

    async def find(self, slug: str) -> Channel | Story | None:
        """Return the channel of a story; the story itself where it has none: withdrawn or moved."""
        for channel in self.channels.values():
            if channel.slug == slug:
                return channel
        story = await single_flight(self._finding, slug, lambda: in_thread(read_story, slug))
        if story is None or story.slug != slug or not story.is_public:
            return story
        if story.pk not in self.channels:
            channel = self.channels[story.pk] = Channel(story)
            self._run(self._read_parts(channel))
        return self.channels[story.pk]

    async def _read_parts(self, channel):
        """Learn what readers see of a story's own parts, so that changes send those that differ."""
        async with channel.lock:
            with suppress(DatabaseError):  # then the first change sends all parts
                channel.parts = await in_thread(read_parts, channel.story_id, channel.cursor)

    async def join(self, channel: Channel, reader: Subscriber, cursor: Cursor | None) -> None:
        """Give a reader what they missed since `cursor`, a beat, and then all that comes.

        The beat comes at once, so that a page can tell a link that holds the stream back.
        A reader without cursor begins now. One whose cursor can't be continued is told
        to load the page anew.
        """
        self.channels.setdefault(channel.story_id, channel)
        channel.readers.add(reader)
        self.opened += 1
        reader.push(retry(*COME_BACK))
        if cursor is None:
            reader.revision = channel.revision
        elif not await self._catch_up(channel, reader, cursor):
            reader.push(RELOAD)
            reader.finish()
            return
        reader.push(beat(channel.cursor))

    async def _catch_up(self, channel, reader, cursor):
        if cursor.epoch == channel.epoch and cursor.revision > channel.revision:
            await self.refresh(channel)
        batches = channel.since(cursor.revision) if cursor.epoch == channel.epoch else None
        if batches is None:
            batch = await self._ask(channel, cursor)
            if batch is None or batch.start is None or batch.epoch != channel.epoch:
                return False
            batches = [batch]
            if batch.end < channel.revision:  # more came while the database was asked
                later = channel.since(batch.end)
                if later is None:
                    return False
                batches += later
        reader.begin(cursor.revision, batches)
        return True

    async def _ask(self, channel, cursor):
        """Ask the database once for all readers who stand at the same cursor, until more comes."""
        if cursor in channel.caught_up:
            return channel.caught_up[cursor]
        batch = await single_flight(
            channel.catching_up,
            cursor,
            lambda: in_thread(read_batch, channel.story_id, cursor),
        )
        if batch and batch.start is not None and batch.end == channel.revision:
            channel.keep(cursor, batch)
        return batch

    def leave(self, channel: Channel, reader: Subscriber) -> None:
        """Forget a reader, and the channel with its last one."""
        channel.readers.discard(reader)
        if not channel.readers and self.channels.get(channel.story_id) is channel:
            del self.channels[channel.story_id]

    # -- time

    async def _beat(self):
        while True:
            await asyncio.sleep(BEAT)
            for channel in list(self.channels.values()):
                event = beat(channel.cursor)
                for reader in list(channel.readers):
                    if reader.revision != CATCHING_UP:
                        reader.push(event)

    def close(self) -> None:
        """Tell every reader to come back, each another moment, and end their streams."""
        self.is_closing = True
        for channel in list(self.channels.values()):
            for reader in list(channel.readers):
                reader.push(retry(*COME_BACK))
                reader.finish()
        for task in self._tasks:
            task.cancel()

    def _run(self, coroutine):
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
