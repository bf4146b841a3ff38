"""Goal 11, and from a beat to the text: what comes through nginx with the shipped configuration."""

import re
import time
import urllib.request

from tests.nginx import Nginx
from tests.tools import NO_NGINX, find_nginx

from .newsroom import Newsroom
from .report import Row, at_most
from .server import Program, serve_relay

SECONDS = 12
SLOW, FAST = 1_000, 10_000
BURST = 1_000
FOLLOWED, FOLLOWERS, BEATS = "story-50", 1_000, 10


def measure(newsroom: Newsroom) -> list[Row]:
    if find_nginx() is None:
        return [Row("11", NO_NGINX, "", "", "", "")]
    with newsroom.serve() as origin, Program("-m", "bench.polls") as crowd:
        with newsroom.writer() as writer:
            cursors = {size: writer.ask(cursor=f"story-{size}") for size in (50, 500, 2000)}
        paths = [
            address
            for size, at in cursors.items()
            for address in (
                f"/live/story-{size}/changes/{at['epoch']}-{at['revision']}",
                f"/live/story-{size}/",
            )
        ]
        with Nginx(newsroom.folder / "edge", origin.port) as edge:
            return [
                *_polls(origin, edge, crowd, paths),
                *_bursts(origin, edge, crowd, cursors),
                *_beats(newsroom, origin, edge),
            ]


def _polls(origin, edge, crowd, paths):
    slow, _ = _asked_of_origin(origin, edge, crowd, paths, SLOW)
    fast, rate = _asked_of_origin(origin, edge, crowd, paths, FAST)
    what = f"origin requests at {rate:,.0f} polls/s of {len(paths)} addresses; limit: at {SLOW:,}"
    yield at_most("11", what, (fast, slow), 1.2, unit="/s")


def _asked_of_origin(origin, edge, crowd, paths, rate):
    crowd.ask(pace={"port": edge.port, "paths": paths, "rate": SLOW, "seconds": 1})
    before, begun = sum(_figures(origin)), time.monotonic()
    answer = crowd.ask(pace={"port": edge.port, "paths": paths, "rate": rate, "seconds": SECONDS})
    return (sum(_figures(origin)) - before) / (time.monotonic() - begun), answer["rate"]


def _bursts(origin, edge, crowd, cursors):
    for size, door, where in ((500, origin, "without the edge"), (2000, edge, "by the edge")):
        path = f"/live/story-{size}/?before={cursors[size]['middle']}"
        before = _figures(origin)[1]
        answer = crowd.ask(burst={"port": door.port, "path": path, "count": BURST})
        rendered = _figures(origin)[1] - before
        yield Row(
            "11",
            f"a burst of {BURST:,} on a cold address {where}, all answered "
            f"in {answer['seconds']:.1f} s",
            f"{rendered:.0f} rendered",
            "",
            "",
            "1",
            rendered == 1,
        )


def _beats(newsroom, origin, edge):
    """Have pages follow the beats of a thin relay, and fetch by the edge what each announces."""
    with (
        newsroom.writer() as writer,
        serve_relay(origin, "--thin") as thin,
        Program("-m", "bench.beats") as crowd,
    ):
        ports = {"port": thin.port, "edge": edge.port}
        crowd.ask(open={"count": FOLLOWERS, "slug": FOLLOWED, **ports})
        before = sum(_figures(origin))
        published = [_publish_and_wait(writer, crowd) for _ in range(BEATS)]
        asked = (sum(_figures(origin)) - before) / BEATS
    times = sorted(took for each in published for took in each["times"])
    p99, without = times[int(len(times) * 0.99) - 1], sum(each["without"] for each in published)
    what = f"beat to text by the edge, {FOLLOWERS:,} readers, {BEATS} publications, p99"
    yield Row("edge", what, f"{p99:.2f} s", "", "", "≤ 1.5 s", p99 <= 1.5 and not without)
    yield Row("", "without the text, or with another", f"{without}", "", "", "0", without == 0)
    what = "requests that reach the origin for each, and pages that it renders for its own memory"
    yield Row("", what, f"{asked:.1f}", "", "", "≤ 2", asked <= 2)


def _publish_and_wait(writer, crowd):
    return crowd.ask(wait={"revision": writer.ask(publish=FOLLOWED)["revision"]})


def _figures(origin) -> tuple[float, float]:
    """Return what the origin answered from memory so far, and what it rendered."""
    text = urllib.request.urlopen(f"{origin.url}/metrics", timeout=20).read().decode()
    names = ("responses_from_cache", "responses_rendered")
    return tuple(
        float(re.search(rf"^liveblog_{name}_total (\S+)", text, re.MULTILINE)[1]) for name in names
    )
