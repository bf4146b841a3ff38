"""`make soak`: two hours of readers and an editor; memory, descriptors and connections flat.

`SOAK=600 make soak` takes ten minutes. Prints what was sampled, and fails where something grew,
or a reader missed a change or had one twice.
"""

import os
import statistics
import sys
import time
import urllib.request

import psycopg

from .__main__ import _database
from .newsroom import Newsroom
from .server import Program, raise_limits

SECONDS = int(os.environ.get("SOAK", 7200))
READERS, SIZE = 200, 500
PUBLISH_EVERY, SAMPLE_EVERY = 5, 15
PATHS = ["/", "/live/story-500/", "/live/story-500/?order=oldest", "/live/story-500/atom.xml"]
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'bench'"
# What a sample may exceed the first quarter's by: caches fill, and a pool opens what it needs.
ALLOWED = {"memory, MB": 1.15, "descriptors": 1.05, "connections": 1.25}


def main() -> int:
    raise_limits()
    newsroom = Newsroom("postgresql", _database())
    newsroom.prepare([SIZE])
    streams = Program("-m", "bench.streams")
    with newsroom.serve() as server, newsroom.writer() as writer, streams as crowd:
        samples, read = _soak(newsroom, server, writer, crowd)
    return _report(samples, read)


def _soak(newsroom, server, writer, crowd):
    path = f"/live/story-{SIZE}/stream"
    crowd.ask(open={"count": READERS, "port": server.port, "path": path})
    begun, samples, published = time.monotonic(), [], 0
    while (elapsed := time.monotonic() - begun) < SECONDS:
        if elapsed >= published * PUBLISH_EVERY:
            answer = writer.ask(publish=f"story-{SIZE}")
            published += 1
        if elapsed >= len(samples) * SAMPLE_EVERY:
            samples.append(_sample(newsroom, server))
            _say(elapsed, samples[-1])
        _read_pages(server)
        time.sleep(0.2)
    late = crowd.ask(wait={"revision": answer["revision"]})["without"]
    return samples, {"published": published, "without the last": late, **crowd.ask(count=None)}


def _sample(newsroom, server) -> dict[str, float]:
    with psycopg.connect(newsroom.environment["DATABASE_URL"]) as connection:
        held = connection.execute(CONNECTIONS).fetchone()[0] - 1  # without this one
    descriptors = len(os.listdir(f"/proc/{server.process.pid}/fd"))
    return {"memory, MB": server.memory / 2**20, "descriptors": descriptors, "connections": held}


def _read_pages(server):
    """Read as those do who come anew: each page, and a search that no cache holds."""
    for path in [*PATHS, f"/search?q=river+{time.monotonic_ns() % 997}"]:
        with urllib.request.urlopen(server.url + path, timeout=20) as answer:
            answer.read()


def _say(elapsed, sample):
    figures = ", ".join(f"{name} {value:.0f}" for name, value in sample.items())
    sys.stdout.write(f"{elapsed:6.0f} s  {figures}\n")
    sys.stdout.flush()


def _report(samples, read) -> int:
    quarter = max(1, len(samples) // 4)
    failed = read["missed"] + read["doubled"] + read["without the last"] > 0
    for name, factor in ALLOWED.items():
        first, last = (
            statistics.median(each[name] for each in part)
            for part in (samples[quarter : 2 * quarter] or samples, samples[-quarter:])
        )
        grew = last > first * factor
        failed = failed or grew
        sys.stdout.write(
            f"{name}: {first:.0f} in the second quarter, {last:.0f} in the last"
            f"{': GREW' if grew else ''}\n"
        )
    sys.stdout.write(f"{READERS} readers: {read}\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
