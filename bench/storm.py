"""Goal 9: 10,000 readers come back at once, each with the last event that they had."""

import threading
import time
import urllib.request

from .fanout import MANY, SLUG, STREAM
from .newsroom import Newsroom
from .report import Row, at_most
from .server import Program, Server

MISSED = 3  # publications while they were away
PAGE = "/live/story-500/"
MOST = 50  # milliseconds


def measure(newsroom: Newsroom) -> list[Row]:
    with (
        newsroom.serve() as ours,
        newsroom.writer() as writer,
        Program("-m", "bench.streams") as crowd,
    ):
        writer.ask(publish=SLUG)
        at = writer.ask(cursor=SLUG)
        cursor = f"{at['epoch']}-{at['revision']}"
        crowd.ask(open={"count": 100, "port": ours.port, "path": STREAM, "cursor": cursor})
        crowd.ask(close=None)
        for _ in range(MISSED):
            newest = writer.ask(publish=SLUG)["revision"]
        idle = _page_times(ours, for_seconds=2)
        pages = _Pages(ours)
        seconds, lost = _come_back(crowd, ours, cursor, newest)
        during = pages.stop()
        answer = writer.ask(fetch=f"/live/{SLUG}/changes/{cursor}")
        crowd.ask(close=None)
    limit = _limit(newsroom, answer["bytes"])
    yield at_most("9", "10,000 come back; limit: plain ASGI", (seconds, limit), 2.5, unit=" s")
    yield Row("9", "missed or doubled", f"{lost} of {MANY * MISSED:,}", "", "", "0", lost == 0)
    pages_p99, at_rest = _p99(during), _p99(idle)
    what = f"a ready page's p99 meanwhile (at rest: {at_rest:.1f} ms)"
    yield Row("9", what, f"{pages_p99:.1f} ms", "", "", f"≤ {MOST} ms", pages_p99 <= MOST)


def _come_back(crowd, server, cursor, newest):
    begun = time.monotonic()
    crowd.ask(open={"count": MANY, "port": server.port, "path": STREAM, "cursor": cursor})
    came = crowd.ask(wait={"revision": newest})
    counted = crowd.ask(count=None)
    lost = came["without"] + counted["missed"] + counted["doubled"]
    lost += MANY * MISSED - counted["came"]
    return came["last"] - begun, lost


def _limit(newsroom, size):
    file = newsroom.folder / "limit.body"
    file.write_bytes(b"event: change\nid: limit-1\ndata: " + b"x" * size + b"\n\n")
    app = Server("bench.limits.stream_asgi:application", environment={"LIMIT_BODY": str(file)})
    with app, Program("-m", "bench.streams") as crowd:
        crowd.ask(open={"count": 100, "port": app.port, "path": "/"})  # warm, as ours is
        crowd.ask(close=None)
        begun = time.monotonic()
        crowd.ask(open={"count": MANY, "port": app.port, "path": "/"})
        return crowd.ask(wait={"revision": 1})["last"] - begun


def _page_times(server, *, for_seconds):
    pages = _Pages(server)
    time.sleep(for_seconds)
    return pages.stop()


class _Pages:
    """Somebody who loads a page twenty times a second."""

    def __init__(self, server):
        self.url, self.times, self.goes_on = server.url + PAGE, [], True
        self.thread = threading.Thread(target=self._load)
        self.thread.start()

    def _load(self):
        while self.goes_on:
            begun = time.perf_counter()
            urllib.request.urlopen(self.url, timeout=20).read()
            self.times.append(1000 * (time.perf_counter() - begun))
            time.sleep(0.05)

    def stop(self) -> list[float]:
        self.goes_on = False
        self.thread.join()
        return self.times


def _p99(times):
    return sorted(times)[max(0, int(len(times) * 0.99) - 1)]
