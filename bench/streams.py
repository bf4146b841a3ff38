"""Ten thousand readers of a stream in one process, which does what it is asked, line by line."""

import asyncio
import re
import statistics
import time
from functools import partial

from .commands import serve

ID = re.compile(rb"\nid: [0-9a-z]+-(\d+)\n")
AT_ONCE = 500  # connections being opened at a time


class Subscriber(asyncio.Protocol):
    """One stream: how many revisions came, which was the last, and when."""

    POSITION = ID
    __slots__ = ("began", "came", "doubled", "last", "missed", "opened", "rest", "transport")

    def __init__(self, opened):
        self.opened = opened
        self.came = self.missed = self.doubled = self.last = 0
        self.began, self.rest = 0.0, b""

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, error):
        if not self.opened.done():
            self.opened.set_result(False)

    def data_received(self, data):
        self.began = time.monotonic()
        if not self.opened.done():
            self.opened.set_result(data[9:12] == b"200")
        data = self.rest + data
        for found in self.POSITION.finditer(data):
            self._take(int(found[1]))
        self.rest = data[-40:].rpartition(b"\nid: ")[2] and self._tail(data)

    def _tail(self, data):
        """Keep an id that has begun and not ended."""
        place = data.rfind(b"\n", len(data) - 40)
        tail = data[max(place, 0) :]
        return tail if len(tail) < 40 and not tail.endswith(b"\n") else b""

    def _take(self, revision):
        if self.last and revision <= self.last:
            self.doubled += 1
            return
        if self.last and revision > self.last + 1:
            self.missed += revision - self.last - 1
        self.last = revision
        self.came += 1


class Watcher(Subscriber):
    """A stream that notes when each revision came."""

    __slots__ = ("moments",)

    def __init__(self, opened):
        super().__init__(opened)
        self.moments: dict[int, float] = {}

    def _take(self, revision):
        super()._take(revision)
        self.moments[revision] = self.began


class Thin(Subscriber):
    """A stream of beats alone: each names the newest cursor, the first of them where it begins."""

    POSITION = re.compile(rb'"cursor": ?"[0-9a-f]+-(\d+)"')
    __slots__ = ()

    def _take(self, revision):
        if not self.last:
            self.last = revision
        elif revision > self.last:  # the same again is a beat of the clock
            super()._take(revision)


class Crowd:
    def __init__(self):
        self.readers: list[Subscriber] = []
        self.watched: dict[str, list[Watcher]] = {}

    async def open(self, count, port, path, cursor=None, addresses=1, *, thin=False):
        """Open so many streams; `seconds` until each had its first bytes.

        One address has some 28,000 ports: `addresses` is how many of 127.0.0.x they come from.
        """
        begun, request = time.monotonic(), _request(port, path, cursor)
        gate, kind = asyncio.Semaphore(AT_ONCE), Thin if thin else Subscriber
        self.readers = await asyncio.gather(
            *(
                self._open(gate, port, request, f"127.0.0.{1 + number % addresses}", kind=kind)
                for number in range(count)
            )
        )
        return {"seconds": time.monotonic() - begun}

    async def watch(self, count, port, paths):
        """Open so many streams of each path, and note when each revision comes to them."""
        gate = asyncio.Semaphore(AT_ONCE)
        for path in paths:
            request = _request(port, path)
            opening = (self._open(gate, port, request, kind=Watcher) for _ in range(count))
            self.watched[path] = await asyncio.gather(*opening)
            self.readers += self.watched[path]
        return {}

    async def moments(self, path):
        """Say when each revision came to each reader of a path."""
        return {"moments": [each.moments for each in self.watched[path]]}

    async def come_back(self, port, path, epoch, addresses=1):
        """Connect every reader whose stream ended again, each with the last event it had."""
        gate = asyncio.Semaphore(AT_ONCE)
        gone = [each for each in self.readers if each.transport.is_closing()]
        await asyncio.gather(
            *(
                self._open(
                    gate,
                    port,
                    _request(port, path, f"{epoch}-{reader.last}" if reader.last else None),
                    f"127.0.0.{1 + number % addresses}",
                    reader=reader,
                )
                for number, reader in enumerate(gone)
            )
        )
        return {"back": len(gone)}

    async def _open(self, gate, port, request, source="127.0.0.1", *, kind=Subscriber, reader=None):
        loop = asyncio.get_running_loop()
        opened = loop.create_future()
        reader = reader or kind(opened)
        reader.opened, reader.rest = opened, b""
        local = None if source == "127.0.0.1" else (source, 0)
        async with gate:
            transport, _ = await loop.create_connection(
                lambda: reader, "127.0.0.1", port, local_addr=local
            )
            transport.write(request)
            assert await opened
        return reader

    async def wait(self, revision, seconds=30):
        """Wait until every reader has a revision; the moments at which it came."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and any(each.last < revision for each in self.readers):
            await asyncio.sleep(0.005)
        times = sorted(each.began for each in self.readers if each.last >= revision)
        return {
            "median": statistics.median(times) if times else None,
            "p99": times[int(len(times) * 0.99) - 1] if times else None,
            "last": times[-1] if times else None,
            "without": len(self.readers) - len(times),
        }

    async def settle(self, seconds, most=60):
        """Wait until nothing came for some seconds: what is late is not missed."""
        until = time.monotonic() + most
        while time.monotonic() < until:
            newest = max(each.began for each in self.readers)
            if time.monotonic() - newest > seconds:
                break
            await asyncio.sleep(0.2)
        return {}

    async def count(self, _):
        """Say what came in all."""
        return {
            "came": sum(each.came for each in self.readers),
            "missed": sum(each.missed for each in self.readers),
            "doubled": sum(each.doubled for each in self.readers),
        }

    async def close(self, _):
        for each in self.readers:
            each.transport.abort()
        self.readers = []
        await asyncio.sleep(1)
        return {}


def _request(port, path, cursor=None) -> bytes:
    line = f"Last-Event-ID: {cursor}\r\n" if cursor else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{line}\r\n".encode()


if __name__ == "__main__":
    serve(partial(getattr, Crowd()))
