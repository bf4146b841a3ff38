"""Fans one upstream stream a story out to many readers; needs no database and no Django.

A reader gets what any process of the site would send. What readers at an older cursor missed
is asked of the upstream, once for all of them: only the site knows which parts they have.
"""

import asyncio
import json
import logging
import random
import re
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import httpx

from .connection import HEADERS, answer, bound_silence, cursor_text, cutter
from .single_flight import single_flight
from .subscriber import Subscriber
from .upstream import ENDS, Event, Refused, make_client, read_events, revision_of

log = logging.getLogger(__name__)

STREAM = re.compile(r"/live/([-\w]+)/stream\Z")
TAIL_BYTES = 512 * 1024  # recent events of a story, for readers whose missed events are on the way
WAIT = (0.5, 5.0)  # seconds between two attempts to reach the upstream: at least, at most
READY_WITHIN = 10.0  # seconds that a reader waits for the upstream's first answer
MOST_STORIES = 1000  # upstream connections at once


@dataclass(frozen=True)
class Revisions:
    """The events after revision `start` up to `end`, in the form that `Subscriber` takes."""

    start: int
    end: int
    revisions: tuple[tuple[int, bytes], ...]

    @property
    def events(self) -> bytes:
        return self.after(self.start)

    def after(self, revision: int) -> bytes:
        return b"".join(raw for number, raw in self.revisions if number > revision)


class Feed:
    """One story's upstream stream and its readers."""

    def __init__(self, client: httpx.AsyncClient, path: str, *, thin: bool):
        self.client, self.path, self.thin = client, path, thin
        self.cursor = ""
        self.beat = b""
        self.readers: set[Subscriber] = set()
        self.tail: deque[Revisions] = deque()
        self.refused: Refused | None = None
        self.is_over = False
        self.ready = asyncio.Event()
        self.missed: dict[str, tuple[bytes, int]] = {}  # what readers at a cursor missed
        self.asking: dict[str, asyncio.Task] = {}
        self._group = b""

    @property
    def epoch(self) -> str:
        return self.cursor.rpartition("-")[0]

    async def run(self) -> None:
        """Follow the upstream until it says that the story is over for readers."""
        while not self.is_over:
            try:
                async for event in read_events(self.client, self.path, self.cursor):
                    self._take(event)
                    if self.is_over:
                        return
            except Refused as refused:
                if refused.status < 500:
                    self.refused = refused
                    self._end(b"")
                    return
                log.warning("%s: %s", self.path, refused)
            except httpx.HTTPError as error:
                log.warning("%s: connection to the upstream lost: %r", self.path, error)
            self._group = b""
            await asyncio.sleep(random.uniform(*WAIT))  # noqa: S311 # nosec B311 # spreads reconnects

    def _take(self, event: Event):
        if event.name in ENDS:
            self._end(event.raw)
        elif event.name == "beat":
            self.beat = event.raw
            self.cursor = self.cursor or event.cursor
            self.ready.set()
            self._push(event.raw)
        else:
            self._group += event.raw
            if event.id:
                self._advance(event.id)

    def _advance(self, cursor: str):
        start = revision_of(self.cursor) if self.cursor else revision_of(cursor) - 1
        end = revision_of(cursor)
        revisions = Revisions(start, end, ((end, self._shown(cursor)),))
        self.cursor, self._group = cursor, b""
        self.beat = _beat(cursor)
        self.missed.clear()
        self.tail.append(revisions)
        while sum(len(each.events) for each in self.tail) > TAIL_BYTES:
            self.tail.popleft()
        for reader in list(self.readers):
            reader.take(revisions)

    def _shown(self, cursor):
        return _beat(cursor) if self.thin else self._group

    def _push(self, raw):
        for reader in list(self.readers):
            reader.push(raw)

    def _end(self, raw: bytes):
        self.is_over = True
        self.ready.set()
        for reader in list(self.readers):
            reader.push(raw)
            reader.finish()

    async def join(self, reader: Subscriber, cursor: str) -> None:
        """Give a reader what they missed since `cursor`, a beat, and then all that comes."""
        self.readers.add(reader)
        reader.push(b"retry: %d\n\n" % random.randint(500, 5000))  # noqa: S311 # nosec B311 # spread
        if not cursor or self.thin:
            reader.begin(revision_of(self.cursor), [])
        elif cursor == self.cursor:
            reader.begin(revision_of(cursor), [])
        else:
            await self._catch_up(reader, cursor)
        reader.push(self.beat)

    async def _catch_up(self, reader, cursor):
        if cursor not in self.missed:
            ask = partial(self._ask, cursor)
            self.missed[cursor] = await single_flight(self.asking, cursor, ask)
        raw, until = self.missed[cursor]
        reader.begin(until, [])
        reader.push(raw)
        if until < 0:
            reader.finish()
        else:
            for each in self.tail:
                reader.take(each)

    async def _ask(self, cursor) -> tuple[bytes, int]:
        """Ask the upstream what came after a cursor: the events, and where they end.

        A reader who must load the page anew ends at -1.
        """
        raw, until = b"", revision_of(self.cursor)
        async for event in read_events(self.client, self.path, cursor):
            if event.name == "beat":
                return raw, max(until, revision_of(event.cursor))
            raw += event.raw
            if event.name in ENDS:
                return raw, -1
        raise httpx.ReadError("The upstream ended the stream before its first beat.")


class Relay:
    """The ASGI application: `/live/<slug>/stream` of every story of the upstream, `/healthz`."""

    def __init__(self, upstream: str, *, thin: bool = False):
        """`thin`: send beats instead of changes; pages then fetch what changed."""
        self.upstream, self.thin = upstream, thin
        self.client: httpx.AsyncClient | None = None
        self.feeds: dict[str, Feed] = {}
        self.tasks: set[asyncio.Task] = set()

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Callable, send: Callable[[dict], Awaitable]):
        await receive()
        self.client = make_client(self.upstream)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in list(self.tasks):
            task.cancel()
        await self.client.aclose()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope, receive, send):
        found = STREAM.match(scope["path"])
        if scope["path"] == "/healthz":
            await answer(send, 200, b"ok")
        elif not found or scope["method"] != "GET":
            await answer(send, 404, b"A relay serves streams of stories alone.")
        else:
            await self._serve(found[1], scope, receive, send)

    async def _serve(self, slug, scope, receive, send):
        feed = self._feed(slug)
        if feed is None:
            await answer(send, 503, b"Too many stories.", (b"retry-after", b"10"))
            return
        try:
            await asyncio.wait_for(feed.ready.wait(), READY_WITHIN)
        except TimeoutError:
            await answer(send, 503, b"The site is away.", (b"retry-after", b"10"))
            return
        if feed.refused:
            await self._refuse(feed.refused, send)
        elif feed.is_over:
            await answer(send, 503, b"Come back in a moment.", (b"retry-after", b"1"))
        else:
            await self._stream(feed, scope, receive, send)

    def _feed(self, slug) -> Feed | None:
        if slug not in self.feeds:
            if len(self.feeds) >= MOST_STORIES:
                return None
            feed = self.feeds[slug] = Feed(self.client, f"/live/{slug}/stream", thin=self.thin)
            task = asyncio.get_running_loop().create_task(feed.run())
            self.tasks.add(task)
            task.add_done_callback(lambda _: self._forget(slug, feed, task))
            feed.task = task
        return self.feeds[slug]

    def _forget(self, slug, feed, task):
        self.tasks.discard(task)
        if self.feeds.get(slug) is feed:
            del self.feeds[slug]

    async def _refuse(self, refused, send):
        location = [(b"location", refused.location.encode())] if refused.location else []
        await answer(send, refused.status, b"There is no such stream.", *location)

    async def _stream(self, feed, scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        reader = Subscriber(send, cutter(send))
        bound_silence(send)
        try:
            await feed.join(reader, cursor_text(scope))
            while (await receive())["type"] != "http.disconnect":
                pass
        except (asyncio.CancelledError, httpx.HTTPError, Refused, ValueError):
            reader.finish()  # they come back with their cursor
        finally:
            self._leave(feed, reader)

    def _leave(self, feed, reader):
        feed.readers.discard(reader)
        if not feed.readers:
            feed.task.cancel()


def _beat(cursor: str) -> bytes:
    return f"event: beat\ndata: {json.dumps({'cursor': cursor})}\n\n".encode()
