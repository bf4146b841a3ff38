"""Many stories at once in one process: updates, readers and visitors of each.

`STORIES`, `READERS` (of each story), `EVERY` (seconds between two updates of a story), `VISITS`
(pages of a story a second) and `SECONDS` change the size; `COLD=1` measures a server whose
pages nobody has loaded yet. Processes beside it publish: what is measured is the one that
serves readers.
"""

import os
import statistics
import threading
import time
import urllib.request
from collections import defaultdict

from .newsroom import Newsroom
from .report import Row
from .server import Program

NEEDS_STORIES = False
WRITERS = 2


def measure(newsroom: Newsroom) -> list[Row]:
    """200 stories, then 40 with more visits; or the size that is asked for."""
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
        # Whoever has a stream open has loaded the page before, but not since a restart.
        loading = [] if os.environ.get("COLD") == "1" else _load_each(server, slugs)
        crowd.ask(watch={"count": int(readers), "port": server.port, "paths": paths})
        visitors = Visitors(server, slugs, visits * stories)
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
    p99 = _p99([delay for _, delay in delays])
    yield Row(
        "scale", "publication to a reader, p99", f"{p99:.0f} ms", "", "", f"< {most}", p99 < most
    )
    middle = statistics.median(delay for _, delay in delays)
    yield Row("", "the same, median", f"{middle:.0f} ms", "", "", "")
    yield Row("", "the same, worst p99 of a second", _worst_second(delays), "", "", "")
    yield Row(
        "scale",
        "missed or doubled",
        f"{lost} of {len(published) * readers:,.0f}",
        "",
        "",
        "0",
        lost == 0,
    )
    pages = _p99([time for _, time in times])
    yield Row(
        "scale",
        f"a page, {len(times)} visits, p99",
        f"{pages:.0f} ms",
        "",
        "",
        "< 250",
        pages < 250,
    )
    yield Row("", "a page, worst p99 of a second", _worst_second(times), "", "", "")
    if loading:
        what = f"a page of each story just after the start, {len(loading)} in turn, p99"
        yield Row("", what, f"{_p99(loading):.0f} ms", "", "", "")


def _load_each(server, slugs) -> list[float]:
    """Load each story's page once; how long each took."""
    return [_load(f"{server.url}/live/{slug}/") for slug in slugs]


def _load(url) -> float:
    begun = time.perf_counter()
    urllib.request.urlopen(url, timeout=30).read()
    return 1000 * (time.perf_counter() - begun)


def _worst_second(moments) -> str:
    """Return the highest p99 of a second of the run, and which second that was: is it a stall?"""
    first = min(at for at, _ in moments)
    by_second = defaultdict(list)
    for at, took in moments:
        by_second[int(at - first)].append(took)
    worst, second = max((_p99(times), second) for second, times in by_second.items())
    return f"{worst:.0f} ms, at {second} s of {max(by_second) + 1}"


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
    """Return when each publication began and how long each reader waited; what was lost."""
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
                delays.append((answer["begun"], 1000 * (at - answer["begun"])))
    counted = crowd.ask(count=None)
    return delays, lost + counted["doubled"]


class Visitors:
    """People who load pages, in turn of all stories, at a pace: a connection each."""

    THREADS = 4

    def __init__(self, server, slugs, rate):
        self.server, self.slugs, self.rate = server, slugs, rate
        self.times, self.goes_on, self.begun = [], True, time.monotonic()
        self.threads = [
            threading.Thread(target=self._visit, args=(number,)) for number in range(self.THREADS)
        ]
        for each in self.threads:
            each.start()

    def _visit(self, number):
        while self.goes_on:
            time.sleep(max(0.0, self.begun + number / self.rate - time.monotonic()))
            begun, slug = time.monotonic(), self.slugs[number % len(self.slugs)]
            self.times.append((begun, _load(f"{self.server.url}/live/{slug}/")))
            number += self.THREADS

    def stop(self) -> list[tuple[float, float]]:
        """Return when each visit began, and how long it took."""
        self.goes_on = False
        for each in self.threads:
            each.join()
        return self.times


def _p99(times):
    return sorted(times)[max(0, int(len(times) * 0.99) - 1)]
