"""Request bodies, read whole in the event loop before anything works on them.

A sender who is slow, or stops, holds a socket and no thread.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile

from liveblog.middleware.uploads import most_bytes

DEADLINE = 30.0  # seconds in which a body has to arrive
IN_MEMORY = 256 * 1024  # bytes of one body; what is longer goes to a temporary file
MOST_AT_ONCE = 512 * 2**20  # bytes of all bodies together
PIECE = 64 * 1024


class BodyRefused(Exception):
    """The body is not taken; `status` and `reason` say why."""

    def __init__(self, status: int, reason: bytes):
        super().__init__()
        self.status, self.reason = status, reason


class SenderLeft(Exception):
    """The client closed the connection before its body was whole."""


class Spool:
    """Bytes of any length on the way through: short ones in memory, long ones in a file."""

    def __init__(self):
        self.size = 0
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (see `close`)

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self.size += len(data)

    def rewind(self) -> None:
        self._file.seek(0)

    def read(self) -> bytes:
        """Return the next piece; nothing at the end."""
        return self._file.read(PIECE)

    def close(self) -> None:
        self._file.close()


class Bodies:
    """Reads bodies, and bounds what all of them hold together."""

    def __init__(self, *, deadline: float = DEADLINE):
        self.size, self.deadline = 0, deadline

    @asynccontextmanager
    async def read(self, receive) -> AsyncIterator[Spool]:
        """Read one body; raises `BodyRefused` where it is too long or too slow."""
        body = Spool()
        try:
            try:
                async with asyncio.timeout(self.deadline):
                    await self._fill(body, receive)
            except TimeoutError:
                raise BodyRefused(408, b"The request took too long to arrive.") from None
            body.rewind()
            yield body
        finally:
            self.size -= body.size
            body.close()

    async def _fill(self, body, receive):
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise SenderLeft
            data, more = message.get("body", b""), message.get("more_body", False)
            body.write(data)
            self.size += len(data)
            if body.size > most_bytes():
                raise BodyRefused(413, b"The request is too long.")
            if self.size > MOST_AT_ONCE:
                raise BodyRefused(503, b"Too much is being sent. Try again in a moment.")
