"""Readers who poll at a given pace, or who all come at one moment; a process of its own."""

import asyncio
import time
from collections import deque

from .commands import serve
from .load import Connection


class Poller(Connection):
    """Asks when it is asked to; says when it has its answer."""

    def __init__(self, answered):
        super().__init__(b"")
        self.answered = answered

    def connection_made(self, transport):
        self.transport = transport

    def ask(self, request):
        self.transport.write(request)

    def data_received(self, data):
        before = self.answers
        super().data_received(data)
        if self.answers > before:
            self.answered(self)


def _request(port, path):
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip, br\r\n\r\n"
    return head.encode()


async def _connect(count, port, answered):
    loop = asyncio.get_running_loop()
    pairs = [
        await loop.create_connection(lambda: Poller(answered), "127.0.0.1", port)
        for _ in range(count)
    ]
    return [poller for _, poller in pairs]


async def pace(port, paths, rate, seconds):
    """Ask for the addresses in turn, `rate` times a second; how many answers came."""
    free = deque()  # the longest idle first: nginx closes what asked a thousand times
    pollers = await _connect(min(1000, rate // 10), port, free.append)
    free.extend(pollers)
    requests = [_request(port, path) for path in paths]
    begun, asked = time.monotonic(), 0
    while (passed := time.monotonic() - begun) < seconds:
        while free and asked < rate * passed:
            free.popleft().ask(requests[asked % len(requests)])
            asked += 1
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.5)
    for each in pollers:
        each.transport.abort()
    return {"rate": sum(each.answers for each in pollers) / seconds}


async def burst(port, path, count):
    """Have `count` readers ask at one moment; the seconds until the last has an answer."""
    answered, done = [], asyncio.Event()

    def note(_):
        answered.append(time.monotonic())
        if len(answered) == count:
            done.set()

    pollers = await _connect(count, port, note)
    begun, request = time.monotonic(), _request(port, path)
    for poller in pollers:
        poller.ask(request)
    await asyncio.wait_for(done.wait(), 30)
    return {"seconds": answered[-1] - begun}


if __name__ == "__main__":
    serve({"pace": pace, "burst": burst}.get)
