"""Between notifications and readers: one query and one rendering per story and change."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import Error as DatabaseError
from django.utils.translation import gettext as _
from prometheus_client import Histogram

from liveblog.models import Story
from liveblog.queries.changes import Cursor

from .admission_queue import AdmissionQueue
from .catching_up import catch_up
from .channel import Channel
from .known_revisions import Positions
from .queries import in_thread, look_up, read_positions, read_story
from .single_flight import single_flight
from .sse import RELOAD, beat, retry
from .subscriber import CATCHING_UP, Subscriber

if TYPE_CHECKING:
    from .grip import GripProxy

BEAT = 15.0  # seconds; pages treat twice this silence as a lost connection
PATIENCE = 10.0  # seconds with a poll: a database that hangs is as good as away
IDLE = 60.0  # seconds without a reader after which a story's changes are rendered no more
EVENTS_FIRST = 1.0  # seconds that the rendering of a page waits for events that are under way
# Seconds that an EventSource waits before it reconnects: at least, and spread. Our own page makes a
# new one instead, after a wait of its own: `COME_BACK` in `connection.js`.
COME_BACK = (0.5, 5.0)
# Streams that begin in one iteration of the event loop, some 0.3 ms each, and iterations that they
# wait while others connect: after a restart thousands come in a second, and pages go before them.
BEGIN_AT_ONCE, BEGIN_AFTER = 5, 10


class Hub:
    """All channels of this process; lives in one event loop.

    `notify` may be called from any thread. A lost notification only delays: the next poll
    finds the change. `last_poll` is the monotonic moment of the last that succeeded;
    `is_away` says that the newest failed. `is_listening` is None where there is nothing
    to listen to. `on_change` is called with a story's id (None: any story), and whether the
    change may take something from readers. `proxy` holds streams outside this process.
    """

    def __init__(self):
        self.channels: dict[int, Channel] = {}
        self.on_change: Callable[[int | None, bool], None] = lambda story_id, is_removal: None
        self.watched_besides: Callable[[], set[int]] = set
        self.proxy: GripProxy | None = None
        self.last_poll = time.monotonic()
        self.polls = self.opened = self.cut = 0
        self.is_away = False
        self.is_listening: bool | None = None
        self.is_closing = False
        self.delivery_seconds = Histogram(
            "liveblog_delivery_seconds",
            "From learning of a change to its events in every reader's queue.",
            buckets=(0.003, 0.01, 0.03, 0.1, 0.3, 1, 3),
            registry=None,
        )
        self.admissions = AdmissionQueue(BEGIN_AT_ONCE, most_passed=BEGIN_AFTER)
        self._positions = Positions()
        self._finding: dict[str, asyncio.Task] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task] = set()
        self._refreshing: set[asyncio.Task] = set()

    @property
    def is_in_doubt(self) -> bool:
        """The database is away, or may be found so in a moment: its LISTEN connection broke."""
        return self.is_away or self.is_listening is False

    # -- what desks show of it

    def followed(self) -> dict[int, tuple[int, int, float]]:
        """Return by story: open streams here, the last revision sent to them, and when."""
        channels = list(self.channels.items())
        return {pk: (len(each.readers), *each.last_sent) for pk, each in channels}

    def describe_errors(self) -> list[str]:
        """Say what keeps readers from hearing of changes at once."""
        lost = [_("Notifications are lost: readers hear of changes with a delay.")]
        return lost if self.is_listening is False else []

    # -- notifications and polls

    def start(self) -> None:
        """Start polls and beats; call in the event loop that serves the readers."""
        self._loop = asyncio.get_running_loop()
        self.run(self._beat())

    def notify(self, story_id: int, revision: int, is_removal: bool) -> None:
        """Learn that a story changed; from any thread."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._note, story_id, revision, is_removal)

    def _note(self, story_id, revision, is_removal):
        self._positions.note(story_id, revision)
        self._change(story_id, is_removal)

    def _change(self, story_id, is_removal):
        self.on_change(story_id, is_removal)
        self._tell_proxy([story_id])
        if story_id in self.channels:
            self._refresh_soon(self.channels[story_id])

    def _tell_proxy(self, story_ids):
        if self.proxy:
            self.proxy.note(story_ids)

    def _refresh_soon(self, channel):
        """Refresh a channel once for all changes that come before its turn."""
        if not channel.is_refresh_due:
            channel.is_refresh_due = True
            self.run_refresh(self.refresh(channel))

    def run_refresh(self, coroutine) -> asyncio.Task:
        """Run what sends readers events; pages wait for it (see `wait_for_events`)."""
        task = self.run(coroutine)
        self._refreshing.add(task)
        task.add_done_callback(self._refreshing.discard)
        return task

    async def poll(self) -> None:
        """Ask the database for the positions of stories, and act on changes without notification.

        Nobody says whether such a change was a takedown, so it counts as one.
        """
        watched = self.watched_besides().union(self.channels, self.proxy.held if self.proxy else ())
        is_first = not self._positions.are_known
        self._positions.begin()
        try:
            async with asyncio.timeout(PATIENCE):
                found = await in_thread(read_positions, list(watched), self._positions.figure)
        except DatabaseError:
            self.is_away = True
            raise
        except TimeoutError:
            self.is_away = True
            raise DatabaseError(f"no answer within {PATIENCE:.0f} s") from None
        self.is_away = False
        self.last_poll = time.monotonic()
        self.polls += 1
        if is_first:
            self.on_change(None, True)  # what was cached since the start
            self._tell_proxy(found.positions)  # it may hold readers from before
        for story_id in self._positions.take(found, watched):
            self._change(story_id, is_removal=True)
        for channel in list(self.channels.values()):
            there = found.positions.get(channel.story_id)
            if there and there != (channel.epoch, channel.revision):
                self._refresh_soon(channel)

    async def refresh(self, channel: Channel) -> None:
        """Send a story's readers what changed; the channel is dropped where that was the end."""
        begun, before = time.monotonic(), channel.revision
        goes_on = await channel.refresh()
        if channel.revision > before:
            self.delivery_seconds.observe(time.monotonic() - begun)
        if not goes_on and self.channels.get(channel.story_id) is channel:
            del self.channels[channel.story_id]

    async def wait_for_events(self) -> None:
        """Wait until readers were sent the changes learned of so far, `EVENTS_FIRST` s at most."""
        if self._refreshing:
            await asyncio.wait(list(self._refreshing), timeout=EVENTS_FIRST)

    # -- readers

    async def find(self, slug: str) -> Channel | Story | None:
        """Return the channel of a story; the story itself where it has none: withdrawn or moved."""
        for channel in self.channels.values():
            if channel.slug == slug:
                channel.asked_at = time.monotonic()
                return channel
        story = await single_flight(self._finding, slug, lambda: look_up(read_story, slug))
        if story is None or story.slug != slug or not story.is_public:
            return story
        if story.pk not in self.channels:
            channel = self.channels[story.pk] = Channel(story)
            self.run(channel.learn_parts())
        return self.channels[story.pk]

    async def join(self, channel: Channel, reader: Subscriber, cursor: Cursor | None) -> None:
        """Give a reader what they missed since `cursor`, a beat, and then all that comes.

        The beat comes at once, so that a page can tell a proxy that holds the stream back.
        A reader without cursor begins now. One whose cursor can't be continued must load
        the page anew.
        """
        self.channels.setdefault(channel.story_id, channel)
        channel.readers.add(reader)
        self.opened += 1
        reader.push(retry(*COME_BACK))
        if cursor is None:
            reader.revision = channel.revision
        elif not await catch_up(channel, reader, cursor, refresh=self._refresh_soon):
            reader.push(RELOAD)
            reader.finish()
            return
        reader.push(beat(channel.cursor))

    def leave(self, channel: Channel, reader: Subscriber) -> None:
        """Forget a reader, and the channel with its last one."""
        channel.readers.discard(reader)
        if not channel.readers and self.channels.get(channel.story_id) is channel:
            del self.channels[channel.story_id]

    # -- time

    async def _beat(self):
        while True:
            await asyncio.sleep(BEAT)
            self._drop_idle()
            for channel in list(self.channels.values()):
                event = beat(channel.cursor)
                for reader in list(channel.readers):
                    if reader.revision != CATCHING_UP:
                        reader.push(event)

    def _drop_idle(self):
        """Drop channels that nobody joined, as after a HEAD: each change is rendered for them."""
        for channel in list(self.channels.values()):
            if not channel.readers and time.monotonic() - channel.asked_at > IDLE:
                del self.channels[channel.story_id]

    def close(self) -> None:
        """Tell every reader to come back, each another moment, and end their streams."""
        self.is_closing = True
        for channel in list(self.channels.values()):
            for reader in list(channel.readers):
                reader.push(retry(*COME_BACK))
                reader.finish()
        for task in self._tasks:
            task.cancel()

    def run(self, coroutine) -> asyncio.Task:
        """Run a coroutine beside the others; it ends with the hub."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
