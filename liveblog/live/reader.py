"""One open stream: a bounded line of bytes to a reader who may be slow."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

CATCHING_UP = sys.maxsize
LIMIT = 1024 * 1024  # bytes waiting for one reader; more, and they come back with their cursor


class Reader:
    """Writes what is pushed, in order, as fast as the reader takes it.

    `revision` is the last that is in the line, `CATCHING_UP` before the first is known.
    Whoever lets more than `LIMIT` bytes
    wait is cut off: their page comes back by itself and asks for what it missed.
    """

    __slots__ = ("_abort", "_ending", "_send", "_waiting", "_writer", "revision")

    def __init__(self, send: Callable[[dict], Awaitable], abort: Callable[[], None]):
        self._send, self._abort = send, abort
        self._waiting: list[bytes] = []
        self._writer: asyncio.Task | None = None
        self._ending = False
        self.revision = CATCHING_UP

    def push(self, data: bytes) -> None:
        """Put bytes at the end of the line; never waits."""
        if self._ending or not data:
            return
        self._waiting.append(data)
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._write())
        elif sum(map(len, self._waiting)) > LIMIT:
            self._ending = True
            self._writer.cancel()
            self._abort()

    def finish(self) -> None:
        """End the stream after what is in the line."""
        if self._ending:
            return
        self._ending = True
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._write())

    async def _write(self):
        while self._waiting:
            data = b"".join(self._waiting)
            self._waiting.clear()
            await self._send({"type": "http.response.body", "body": data, "more_body": True})
        self._writer = None
        if self._ending:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
