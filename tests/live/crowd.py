"""A thousand readers in one process: raw streams that come back with their cursors.

They do what the page's script does: wait as `retry:` says after a lost line, then ask
for what they missed.
"""

import asyncio
import json
import random
import resource
import time
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Follower:
    """One reader: the updates' numbers in the order in which they came, and the cursor."""

    url: str
    cursor: str = ""
    numbers: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    connected: list[float] = field(default_factory=list)  # monotonic moments
    retry: float = 0.5  # seconds

    async def follow(self) -> None:
        """Read for ever, over as many lines as it takes."""
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):  # a reader's lot
                await self._read()
            await asyncio.sleep(self.retry * random.uniform(0.8, 1.2))

    async def _read(self):
        place = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        try:
            asked = f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\n"
            asked += f"Last-Event-ID: {self.cursor}\r\n" if self.cursor else ""
            writer.write(f"{asked}\r\n".encode())
            if b" 200 " not in await reader.readuntil(b"\r\n\r\n"):
                return
            self.connected.append(time.monotonic())
            await self._take_events(reader)
        finally:
            writer.close()

    async def _take_events(self, reader):
        waiting = b""
        while size := int(await reader.readuntil(b"\r\n"), 16):
            waiting += (await reader.readexactly(size + 2))[:-2]
            *events, waiting = waiting.split(b"\n\n")
            for event in events:
                self._take(event.decode())

    def _take(self, event):
        fields = dict(line.split(": ", 1) for line in event.split("\n"))
        self.cursor = fields.get("id", self.cursor)
        if "retry" in fields:
            self.retry = int(fields["retry"]) / 1000
        if "event" in fields:
            self.names.append(fields["event"])
        if fields.get("event") == "change":
            change = json.loads(fields["data"])
            if change["type"] == "update":
                self.numbers.append(change["number"])


class Crowd:
    """Followers of one or several streams: `async with Crowd(urls, 1000) as crowd`."""

    def __init__(self, urls: list[str], count: int):
        self.followers = [Follower(urls[number % len(urls)]) for number in range(count)]

    async def __aenter__(self):
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        self._tasks = [asyncio.create_task(each.follow()) for each in self.followers]
        await self.until(lambda each: each.connected)
        return self

    async def __aexit__(self, *error):
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def until(self, is_so, *, share: float = 1.0, seconds: float = 30.0) -> float:
        """Wait until it is so for a share of the followers; returns the seconds that it took."""
        begun = time.monotonic()
        needed = share * len(self.followers)
        while (found := sum(map(bool, map(is_so, self.followers)))) < needed:
            waited = time.monotonic() - begun
            assert waited < seconds, f"{found} of {len(self.followers)} after {waited:.0f} s"
            await asyncio.sleep(0.1)
        return time.monotonic() - begun
