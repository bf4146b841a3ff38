"""Ten thousand readers of a stream in one process, which does what it is asked, line by line."""

import asyncio
import json
import re
import resource
import statistics
import sys
import time

import uvloop

ID = re.compile(rb"\nid: [0-9a-z]+-(\d+)\n")
AT_ONCE = 500  # connections being opened at a time


class Subscriber(asyncio.Protocol):
    """One stream: how many revisions came, which was the last, and when."""

    __slots__ = ("began", "came", "doubled", "last", "missed", "opened", "rest", "transport")

    def __init__(self, opened):
        self.opened = opened
        self.came = self.missed = self.doubled = self.last = 0
        self.began, self.rest = 0.0, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.began = time.monotonic()
        if not self.opened.done():
            self.opened.set_result(data[9:12] == b"200")
        data = self.rest + data
        for found in ID.finditer(data):
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


class Crowd:
    def __init__(self):
        self.readers: list[Subscriber] = []

    async def open(self, count, port, path, cursor=None):
        """Open so many streams; `seconds` until each had its first bytes."""
        self.address = (port, path)
        begun = time.monotonic()
        line = f"Last-Event-ID: {cursor}\r\n" if cursor else ""
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{line}\r\n".encode()
        gate = asyncio.Semaphore(AT_ONCE)
        self.readers = await asyncio.gather(
            *(self._open(gate, port, request) for _ in range(count))
        )
        return {"seconds": time.monotonic() - begun}

    async def _open(self, gate, port, request):
        loop = asyncio.get_running_loop()
        opened = loop.create_future()
        async with gate:
            transport, reader = await loop.create_connection(
                lambda: Subscriber(opened), "127.0.0.1", port
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


async def main():
    crowd = Crowd()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        ((command, argument),) = json.loads(line).items()
        work = getattr(crowd, command)
        told = await (work(**argument) if isinstance(argument, dict) else work(argument))
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    uvloop.run(main())
