"""Requests a second over kept-open connections: by wrk where it is, else by our own client.

wrk: `apt-get install wrk`, or the like. Run as a program this is our own client.
"""

import asyncio
import json
import re
import shutil
import statistics
import subprocess
import sys
import time
from urllib.parse import urlsplit

import uvloop

ROUNDS, SECONDS, CONNECTIONS = 3, 3.0, 32


def requests_per_second(url: str, *, connections=CONNECTIONS, seconds=SECONDS, **headers) -> float:
    """Ask an address as fast as it answers."""
    given = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if not shutil.which("wrk"):
        command = [sys.executable, "-m", "bench.load", url, str(connections), str(seconds)]
        return json.loads(subprocess.check_output([*command, *given]))
    flags = ["-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"]
    answer = subprocess.check_output(
        ["wrk", *flags, *(f"-H{header}" for header in given), url], text=True
    )
    if re.search(r"Non-2xx or 3xx", answer):
        raise RuntimeError(answer)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", answer)[1])


def alternate(ours, limit, rounds: int = ROUNDS) -> tuple[float, float]:
    """Measure both in turn; the medians."""
    pairs = [(ours(), limit()) for _ in range(rounds)]
    return tuple(statistics.median(side) for side in zip(*pairs, strict=True))


class Connection(asyncio.Protocol):
    """Asks again as soon as it has its answer; reads no more of it than its length."""

    def __init__(self, request: bytes):
        self.request, self.answers, self.missing = request, 0, 0

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data):
        if not self.missing:
            head, _, data = data.partition(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head.lower())
            self.missing = int(length[1]) if length and b" 304 " not in head[:16] else 0
        self.missing -= len(data)
        if self.missing <= 0:
            self.missing = 0
            self.answers += 1
            if self.request:
                self.transport.write(self.request)


async def _ask(url, connections, seconds, headers):
    place = urlsplit(url)
    target = place.path + (f"?{place.query}" if place.query else "")
    lines = [f"GET {target} HTTP/1.1", f"Host: {place.netloc}", *headers, "", ""]
    request = "\r\n".join(lines).encode()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Connection(request), place.hostname, place.port)
        for _ in range(connections)
    ]
    begun = time.perf_counter()
    before = sum(each.answers for _, each in opened)
    await asyncio.sleep(seconds)
    answered = sum(each.answers for _, each in opened) - before
    return answered / (time.perf_counter() - begun)


if __name__ == "__main__":
    url, connections, seconds, *headers = sys.argv[1:]
    rate = uvloop.run(_ask(url, int(connections), float(seconds), headers))
    sys.stdout.write(json.dumps(rate))
