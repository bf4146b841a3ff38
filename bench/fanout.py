"""Goals 7 and 8: from a commit to 1,000 and to 10,000 readers; what a reader costs."""

import statistics
import time
import urllib.request

from .composer import Composer
from .newsroom import Newsroom
from .report import Row, at_most
from .server import Program, Server

SLUG = "story-50"
STREAM = f"/live/{SLUG}/stream"
MANY, FEW = 10_000, 1_000
EVENTS = 20
IDLE = 32.0  # seconds: two beats


def measure(newsroom: Newsroom) -> list[Row]:
    return [*_few(newsroom), *_many(newsroom)]


def _few(newsroom):
    ours, limit = _both(newsroom, FEW, EVENTS, by_request=True)
    yield Row(
        "7",
        "POST to 1,000 readers, the last",
        f"{ours['whole']:.0f} ms",
        f"{limit['last']:.0f} ms raw, {ours['publish']:.0f} ms to the answer of ours",
        f"{ours['whole'] / (2 * limit['last'] + ours['publish']):.2f} of what is allowed",
        "≤ 2 × raw + publish",
        ours["whole"] <= 2 * limit["last"] + ours["publish"],
    )
    yield at_most("", "POST to the median reader", (ours["median"], limit["median"]), 2)


def _many(newsroom):
    ours, limit = _both(newsroom, MANY, EVENTS)
    yield at_most("8", "commit to 10,000 readers, p99", (ours["p99"], limit["p99"]), 1.5)
    yield Row("", "the same, median", *_ms(ours["median"], limit["median"]), "")
    yield Row(
        "8",
        f"missed or doubled over {EVENTS} events",
        f"{ours['lost']} of {MANY * EVENTS:,}",
        "",
        "",
        "0",
        ours["lost"] == 0,
    )
    kib = ours["memory"] / MANY / 1024
    raw = limit["memory"] / MANY / 1024
    yield Row("8", "memory a reader", f"{kib:.1f} KiB", f"{raw:.1f} KiB", "", "≤ 16", kib <= 16)
    share = 100 * ours["idle"]
    yield Row("8", "idle, with beats", f"{share:.1f} % of a core", "", "", "≤ 2 %", share <= 2)


def _ms(ours, limit):
    return f"{ours:.0f} ms", f"{limit:.0f} ms", f"{ours / limit:.2f}"


def _both(newsroom, readers, events, *, by_request=False):
    """Send the same events by ours and by the limit, in turn: one each, then the next.

    `by_request`: an editor's form is posted to the server that holds the readers; else another
    process publishes, and the time counts from its commit.
    """
    with (
        newsroom.serve() as ours,
        Server("-m", "bench.limits.stream") as limit,
        newsroom.writer() as writer,
        Program("-m", "bench.streams") as our_crowd,
        Program("-m", "bench.streams") as limit_crowd,
    ):
        memory = _open(ours, our_crowd, readers), _open(limit, limit_crowd, readers)
        composer = by_request and Composer(newsroom, ours)
        event = _sample(writer)  # the first publication warms what it runs through
        _post(limit, limit_crowd, event, 1)  # on both sides
        warm = our_crowd.ask(wait={"revision": writer.ask(cursor=SLUG)["revision"]})
        assert warm["without"] == 0, warm
        ours_times, limit_times = [], []
        for number in range(2, events + 2):
            ours_times.append(
                _publish_by_request(composer, writer, our_crowd)
                if by_request
                else _publish(writer, our_crowd)
            )
            limit_times.append(_post(limit, limit_crowd, event, number))
            time.sleep(0.2)
        counted = our_crowd.ask(count=None)
        missing = readers * (events + 1) - counted["came"]
        lost = missing + counted["doubled"] + counted["missed"]
        idle = _idle(ours) if readers == MANY else 0
    return (
        {**_medians(ours_times), "memory": memory[0], "lost": lost, "idle": idle},
        {**_medians(limit_times), "memory": memory[1]},
    )


def _open(server, crowd, readers):
    crowd.ask(open={"count": 20, "port": server.port, "path": STREAM})
    crowd.ask(close=None)
    before = server.memory
    crowd.ask(open={"count": readers, "port": server.port, "path": STREAM})
    return server.memory - before


def _publish(writer, crowd):
    answer = writer.ask(publish=SLUG)
    came = crowd.ask(wait={"revision": answer["revision"]})
    assert came["without"] == 0, came
    times = {name: 1000 * (came[name] - answer["committed"]) for name in ("median", "p99", "last")}
    publish = 1000 * (answer["committed"] - answer["begun"])
    return {**times, "publish": publish, "whole": times["last"] + publish}


def _publish_by_request(composer, writer, crowd):
    seconds = composer.publish() / 1000
    answered = time.monotonic()
    came = crowd.ask(wait={"revision": writer.ask(cursor=SLUG)["revision"]})
    assert came["without"] == 0, came
    begun = answered - seconds
    times = {name: 1000 * (came[name] - begun) for name in ("median", "p99", "last")}
    return {**times, "publish": 1000 * seconds, "whole": times["last"]}


def _post(limit, crowd, event, number):
    body = event.replace(b"-REVISION\n", b"-%d\n" % number)
    begun = time.monotonic()
    request = urllib.request.Request(limit.url, data=body, method="POST")
    urllib.request.urlopen(request, timeout=20).close()
    came = crowd.ask(wait={"revision": number})
    assert came["without"] == 0, came
    return {name: 1000 * (came[name] - begun) for name in ("median", "p99", "last")}


def _sample(writer):
    """Publish an update, and make an event of as many bytes as it has for readers who are there."""
    size = writer.ask(publish_and_weigh=SLUG)["bytes"]
    return b"event: change\nid: limit-REVISION\ndata: " + b"x" * size + b"\n\n"


def _idle(server):
    before, begun = server.cpu, time.monotonic()
    time.sleep(IDLE)
    return (server.cpu - before) / (time.monotonic() - begun)


def _medians(times):
    return {name: statistics.median(each[name] for each in times) for name in times[0]}
