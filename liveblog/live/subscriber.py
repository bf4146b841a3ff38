"""One open stream: a bounded queue of bytes to a reader who may be slow."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a relay has subscribers, and no Django
    from .queries import Batch

log = logging.getLogger(__name__)

CATCHING_UP = sys.maxsize
LIMIT = 1024 * 1024  # bytes of news waiting for one reader; more, and they come back
PIECE = 64 * 1024  # bytes handed to the server at once: what it holds itself for a slow reader


class Subscriber:
    """Writes what is pushed, in order, as fast as the reader takes it.

    `revision` is the last that was queued, `CATCHING_UP` before the first is known.
    Whoever lets more than `LIMIT` bytes wait, beside what they missed before, is cut off:
    their page comes back by itself and asks for what it missed.
    """

    __slots__ = (
        *("_abort", "_ending", "_length", "_limit", "_send", "_waiting", "_writer"),
        "revision",
    )

    def __init__(self, send: Callable[[dict], Awaitable], abort: Callable[[], None]):
        self._send, self._abort = send, abort
        self._waiting: list[bytes] = []
        self._length, self._limit = 0, LIMIT
        self._writer: asyncio.Task | None = None
        self._ending = False
        self.revision = CATCHING_UP

    @property
    def queued(self) -> int:
        """Bytes that wait for the reader to take them."""
        return self._length

    @property
    def is_ending(self) -> bool:
        """Whether nothing more is taken: the stream ends with what is queued."""
        return self._ending

    def begin(self, revision: int, batches: "Iterable[Batch]") -> None:
        """Queue all that a reader missed since a revision, however long it is."""
        self.revision = revision
        self._limit = sys.maxsize
        for batch in batches:
            self.take(batch)
        self._limit = LIMIT + self._length

    def take(self, batch: "Batch") -> None:
        """Queue what the reader lacks of a batch, each change once."""
        if self.revision < batch.end:
            self.push(batch.events if self.revision == batch.start else batch.after(self.revision))
            self.revision = batch.end

    def push(self, data: bytes) -> None:
        """Queue bytes; never waits."""
        if self._ending or not data:
            return
        self._waiting.append(data)
        self._length += len(data)
        if self._writer is None:
            self._begin_to_write()
        elif self._length > self._limit:
            self._ending = True
            self._writer.cancel()
            self._abort()

    async def drain(self) -> None:
        """Wait until the reader has taken what was pushed."""
        if self._writer:
            await asyncio.wait([self._writer])

    def finish(self) -> None:
        """End the stream after what is queued."""
        if self._ending:
            return
        self._ending = True
        if self._writer is None:
            self._begin_to_write()

    def _begin_to_write(self):
        """Write now, until the socket is full; only then is a task made, to go on later.

        Thousands of readers take an event in one go, and a task for each would cost more.
        """
        writing = self._write()
        try:
            waited_for = writing.send(None)
        except StopIteration:
            return
        except (OSError, RuntimeError) as error:  # the connection was lost in this very moment
            log.warning("A reader could not be written to, and is cut off: %r", error)
            self._ending = True
            self._abort()
            return
        self._writer = asyncio.get_running_loop().create_task(_go_on(writing, waited_for))

    async def _write(self):
        while self._waiting:
            data = b"".join(self._waiting)
            self._waiting.clear()
            for begin in range(0, len(data), PIECE):
                piece = data[begin : begin + PIECE]
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
                self._length -= len(piece)
        self._writer = None
        if self._ending:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})


async def _go_on(coroutine, waited_for):
    """Finish a coroutine that began outside any task, from the future that it waits for."""
    await _Rest(coroutine, waited_for)


class _Rest:
    def __init__(self, coroutine, waited_for):
        self.coroutine, self.waited_for = coroutine, waited_for

    def __await__(self):
        waited_for = self.waited_for
        while True:
            try:
                yield waited_for
            except asyncio.CancelledError as error:
                step = partial(self.coroutine.throw, error)
            else:
                step = partial(self.coroutine.send, None)
            try:
                waited_for = step()
            except StopIteration:
                return
