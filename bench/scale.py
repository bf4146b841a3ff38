"""Many stories at once in one process: updates, readers and visitors of each.

`STORIES`, `READERS` (of each story), `EVERY` (seconds between two updates of a story), `VISITS`
(pages of a story a second) and `SECONDS` change the size. Processes beside it publish: what
is measured is the one that serves readers.
"""

import os
import statistics
import threading
import time
import urllib.request

from .newsroom import Newsroom
from .report import Row
from .server import Program

NEEDS_STORIES = False
WRITERS = 2


def measure(newsroom: Newsroom) -> list[Row]:
    """200 stories without visits, then 40 with one each a second; or the size that is asked for."""
    if "STORIES" in os.environ:
        return [*_scale(newsroom, int(os.environ["STORIES"]), float(os.environ.get("VISITS", 0.2)))]
    return [*_scale(newsroom, 200, 0.2), *_scale(newsroom, 40, 1.0)]


def _scale(newsroom, stories, visits):
    readers, every, seconds = (
        float(os.environ.get(name, default))
        for name, default in (("READERS", 50), ("EVERY", 5), ("SECONDS", 60))
    )
    slugs = [f"scale-{stories}-{number}" for number in range(stories)]
    with newsroom.writer() as writer:
        writer.ask(seed_small=slugs)
    paths = [f"/live/{slug}/stream" for slug in slugs]
    with newsroom.serve() as server, Program("-m", "bench.streams") as crowd:
        crowd.ask(watch={"count": int(readers), "port": server.port, "paths": paths})
        visitors = _Visitors(server, slugs, visits * stories)
        published, took = _publish(newsroom, slugs, stories / every, seconds)
        crowd.ask(settle=3)
        times = visitors.stop()
        delays, lost = _delays(crowd, published)
    rate, wanted = len(published) / took, stories / every
    what = f"{stories} stories × {readers:.0f} readers, an update each every {every:.0f} s"
    most = 500 if stories > 40 else 100
    yield Row(
        "scale", what, f"{rate:.1f}/s", f"{wanted:.0f}/s", "", "sustained", rate >= 0.98 * wanted
    )
    p99 = _p99(delays)
    yield Row(
        "scale", "publication to a reader, p99", f"{p99:.0f} ms", "", "", f"< {most}", p99 < most
    )
    yield Row("", "the same, median", f"{statistics.median(delays):.0f} ms", "", "", "")
    yield Row(
        "scale",
        "missed or doubled",
        f"{lost} of {len(published) * readers:,.0f}",
        "",
        "",
        "0",
        lost == 0,
    )
    pages = _p99(times)
    yield Row(
        "scale",
        f"a page, {len(times)} visits, p99",
        f"{pages:.0f} ms",
        "",
        "",
        "< 250",
        pages < 250,
    )


def _publish(newsroom, slugs, rate, seconds):
    """Publish in turn at a pace, from several processes; each publication and its moment."""
    published, threads, begun = [], [], time.monotonic()

    def work(own):
        with newsroom.writer() as writer:
            writer.ask(cursor=slugs[own])  # it is up
            start.wait()
            for number in range(own, int(rate * seconds), WRITERS):
                time.sleep(max(0.0, started[0] + number / rate - time.monotonic()))
                slug = slugs[number % len(slugs)]
                published.append((slug, writer.ask(publish=slug)))

    started: list[float] = []
    start = threading.Barrier(WRITERS, action=lambda: started.append(time.monotonic()))
    for own in range(WRITERS):
        threads.append(threading.Thread(target=work, args=(own,)))
        threads[-1].start()
    for each in threads:
        each.join()
    begun = started[0]
    return published, max(seconds, max(answer["committed"] for _, answer in published) - begun)


def _delays(crowd, published):
    delays, lost = [], 0
    moments = {}
    for slug, answer in published:
        if slug not in moments:
            moments[slug] = crowd.ask(moments=f"/live/{slug}/stream")["moments"]
        for reader in moments[slug]:
            at = reader.get(str(answer["revision"]))
            if at is None:
                lost += 1
            else:
                delays.append(1000 * (at - answer["begun"]))
    counted = crowd.ask(count=None)
    return delays, lost + counted["doubled"]


class _Visitors:
    """People who load pages, in turn of all stories, at a pace: a connection each."""

    THREADS = 4

    def __init__(self, server, slugs, rate):
        self.server, self.slugs, self.rate = server, slugs, rate
        self.times, self.goes_on, self.begun = [], True, time.monotonic()
        self.threads = [
            threading.Thread(target=self._load, args=(number,)) for number in range(self.THREADS)
        ]
        for each in self.threads:
            each.start()

    def _load(self, number):
        while self.goes_on:
            time.sleep(max(0.0, self.begun + number / self.rate - time.monotonic()))
            url = f"{self.server.url}/live/{self.slugs[number % len(self.slugs)]}/"
            begun = time.perf_counter()
            urllib.request.urlopen(url, timeout=30).read()
            self.times.append(1000 * (time.perf_counter() - begun))
            number += self.THREADS

    def stop(self) -> list[float]:
        self.goes_on = False
        for each in self.threads:
            each.join()
        return self.times


def _p99(times):
    return sorted(times)[max(0, int(len(times) * 0.99) - 1)]
