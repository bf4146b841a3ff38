"""One story's stream of the upstream, and the readers that a relay sends it on to.

What readers at an older cursor missed is asked of the upstream, once for all of them: only the
site knows which parts they have.
"""

import asyncio
import json
import logging
import random
from collections import deque
from dataclasses import dataclass
from functools import partial

import httpx

from .single_flight import single_flight
from .subscriber import Subscriber
from .upstream import ENDS, Event, Refused, read_events, revision_of

log = logging.getLogger(__name__)

TAIL_BYTES = 512 * 1024  # recent events of a story, for readers whose missed events are on the way
MISSED_BYTES = 2 * 1024 * 1024  # what readers at older cursors missed: anybody may name a cursor
WAIT = (0.5, 5.0)  # seconds between two attempts to reach the upstream: at least, at most


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
        self.task: asyncio.Task | None = None
        self.is_over = False
        self.ready = asyncio.Event()
        self.missed: dict[str, tuple[bytes, int]] = {}  # what readers at a cursor missed
        self.asking: dict[str, asyncio.Task] = {}
        self.visitors = 0  # who reads, or waits for the upstream's first answer
        self._group = b""

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
        found = self.missed.get(cursor)
        if found is None:
            found = await single_flight(self.asking, cursor, partial(self._ask, cursor))
            self.keep(cursor, found)
        raw, until = found
        reader.begin(until, [])
        reader.push(raw)
        if until < 0:
            reader.finish()
        else:
            for each in self.tail:
                reader.take(each)

    def keep(self, cursor: str, found: tuple[bytes, int]) -> None:
        """Hold what readers at a cursor missed, and where it ends."""
        self.missed[cursor] = found
        while len(self.missed) > 1 and self._missed_size > MISSED_BYTES:
            del self.missed[next(iter(self.missed))]

    @property
    def _missed_size(self):
        return sum(len(raw) for raw, _ in self.missed.values())

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


def _beat(cursor: str) -> bytes:
    return f"event: beat\ndata: {json.dumps({'cursor': cursor})}\n\n".encode()
