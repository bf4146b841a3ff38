"""`make bench`: ours beside its limits, goal by goal; the table goes into docs/performance.md.

`python -m bench pages fanout` measures some, and writes nothing. `scale` (many stories at once),
`crowd` (100,000 readers), `sign_in` (whether times tell who has an account) and `slow_link` are
measured only where they are named.
"""

import atexit
import importlib
import os
import sys
import time

from tests import postgres

from . import report
from .newsroom import Newsroom
from .server import raise_limits

PARTS = [
    "pages",
    "cost",
    "flat",
    "publish",
    "fanout",
    "storm",
    "hop",
    "edge",
    "weight",
    "imports",
    "desk",
    "api",
]
SIZES = [50, 500, 2000, 10_000]


def main(names: list[str]) -> None:
    raise_limits()
    newsroom = Newsroom("postgresql", _database())
    parts = {name: importlib.import_module(f"bench.{name}") for name in names or PARTS}
    newsroom.prepare(SIZES if any(_needs_stories(each) for each in parts.values()) else [])
    rows = []
    for name, part in parts.items():
        sys.stdout.write(f"== {name}, {time.strftime('%H:%M:%S')}\n")
        for row in part.measure(newsroom):
            report.show(row)
            rows.append(row)
    if not names:
        report.write(rows)


def _needs_stories(part) -> bool:
    """Whether a goal reads the stories of `SIZES`: writing 10,000 updates takes minutes."""
    return getattr(part, "NEEDS_STORIES", True)


def _database() -> str:
    """Start a PostgreSQL that keeps its word: durable commits, as in use."""
    server = postgres.Server(fsync="on", full_page_writes="on", synchronous_commit="on")
    atexit.register(server.remove)
    server.make()
    server.start()
    os.environ["TEST_POSTGRES"] = str(server.folder)
    return postgres.make_database("bench")


if __name__ == "__main__":
    main(sys.argv[1:])
