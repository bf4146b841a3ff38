"""Goal 10: from a request to a reader whose stream another process holds."""

import json
import time

from tests.server import free_port

from .composer import PAUSE, Composer
from .fanout import SLUG, STREAM
from .newsroom import Newsroom
from .report import Row
from .server import Program

TIMES = 100


def measure(newsroom: Newsroom) -> list[Row]:
    """Publish in one process; a reader of each of two processes tells when it came.

    What the hop adds is the difference between the two, publication by publication.
    """
    bare = _bare(newsroom)
    with (
        newsroom.serve() as here,
        newsroom.serve(port=free_port()) as there,
        newsroom.writer() as writer,
        Program("-m", "bench.streams") as near,
        Program("-m", "bench.streams") as far,
    ):
        near.ask(open={"count": 1, "port": here.port, "path": STREAM})
        far.ask(open={"count": 1, "port": there.port, "path": STREAM})
        composer = Composer(newsroom, here)
        _hop(composer, writer, near, far)  # the first one warms what it runs through
        whole = [_hop(composer, writer, near, far) for _ in range(TIMES)]
    added = [max(0.0, far - near) for near, far in whole]
    what = "what another process adds, p99; limit: bare LISTEN/NOTIFY, insert to notification"
    ours, limit = _p99(added), _p99(bare)
    cells = f"{ours:.1f} ms", f"{limit:.1f} ms", f"{ours / limit:.2f}"
    yield Row("10", what, *cells, "≤ 10 ms", ours <= 10)
    near, far = (sorted(side)[TIMES // 2] for side in zip(*whole, strict=True))
    yield Row(
        "",
        "from the request to a reader there; limit: to one here",
        f"{far:.1f} ms",
        f"{near:.1f} ms",
        f"{far / near:.2f}",
        "",
    )


def _hop(composer, writer, near, far):
    begun = time.monotonic() + PAUSE
    composer.publish()
    revision = writer.ask(cursor=SLUG)["revision"]
    return tuple(
        1000 * (crowd.ask(wait={"revision": revision})["last"] - begun) for crowd in (near, far)
    )


def _bare(newsroom):
    module = ("-m", "bench.limits.notify")
    with (
        Program(*module, "listen", environment=newsroom.environment) as listener,
        Program(*module, environment=newsroom.environment) as writer,
    ):
        listener.process.stdout.readline()
        writer.ask(go=1), listener.process.stdout.readline()
        times = []
        for _ in range(TIMES):
            begun = writer.ask(go=1)["at"]
            heard = json.loads(listener.process.stdout.readline())["at"]
            times.append(1000 * (heard - begun))
        return times


def _p99(times):
    return sorted(times)[int(len(times) * 0.99) - 1]
