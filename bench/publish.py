"""Goal 6: publishing beside a bare transaction, and beside 1,000 open streams."""

import statistics
import time

from .composer import PAUSE, Composer
from .fanout import FEW, SLUG, STREAM
from .newsroom import Newsroom
from .report import Row, at_most
from .server import Program

TIMES = 60
REQUESTS = 100


def measure(newsroom: Newsroom) -> list[Row]:
    return [*_verb(newsroom), *_requests(newsroom)]


def _verb(newsroom):
    pk = newsroom.seeded["stories"]["50"]
    limit = Program("-m", "bench.limits.transaction", environment=newsroom.environment)
    with newsroom.writer() as writer, limit:
        writer.ask(publish=SLUG)
        limit.ask(limit=pk)  # both sides are warm
        ours, bare = [], []
        for _ in range(TIMES):
            answer = writer.ask(publish=SLUG)
            ours.append(1000 * (answer["committed"] - answer["begun"]))
            bare.append(limit.ask(limit=pk)["ms"])
        counted = writer.ask(publish=SLUG, count_queries=True)["queries"]
    pair = statistics.median(ours), statistics.median(bare)
    yield at_most("6", "the verb alone, to its durable commit; limit: the same rows", pair, 2)
    yield Row("6", "its queries", str(counted), "", "", "≤ 10", counted <= 10)


def _requests(newsroom):
    with newsroom.serve() as server, Program("-m", "bench.streams") as crowd:
        composer = Composer(newsroom, server)
        composer.publish(), composer.send()
        rest = _cpu(server, lambda: time.sleep(PAUSE))
        idle, spent = [], {}
        spent["form"] = _cpu(server, lambda: idle.append(composer.publish())) - rest
        spent["desk"] = _cpu(server, composer.send) - rest
        crowd.ask(open={"count": FEW, "port": server.port, "path": STREAM})
        busy = [composer.publish() for _ in range(REQUESTS)]
    wall = statistics.median(idle)
    what = "publish request, POST to answer, no readers"
    yield Row("6", what, f"{wall:.1f} ms", "", "", "≤ 12 ms", wall <= 12)
    for way, cpu in spent.items():
        what = f"CPU of publishing by the {way} (at rest the process takes {rest:.1f} ms meanwhile)"
        yield Row("6", what, f"{cpu:.1f} ms", "", "", "≤ 10 ms", cpu <= 10)
    pair = _p99(busy), _p99(idle)
    yield at_most("6", "publish request with 1,000 readers, p99; limit: idle", pair, 1.5)
    middle = statistics.median(busy), statistics.median(idle)
    yield Row("", "the same, median", *(f"{side:.1f} ms" for side in middle), "", "")


def _cpu(server, act):
    """Do something many times; the milliseconds of processor time that the server takes for one."""
    before = server.cpu
    for _ in range(REQUESTS):
        act()
    return 1000 * (server.cpu - before) / REQUESTS


def _p99(times):
    return sorted(times)[int(len(times) * 0.99) - 1]
