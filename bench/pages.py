"""Goals 1, 2, 3 and 5: pages and change answers, ready and rendered."""

import json
import urllib.request

from tests.server import free_port

from .load import alternate, requests_per_second
from .newsroom import Newsroom
from .report import Row, at_least
from .server import Server

STORY = "/live/story-500/"


def measure(newsroom: Newsroom) -> list[Row]:
    """Measure ready answers beside bare ASGI, rendered ones beside bare WSGI."""
    with newsroom.serve() as ours:
        with newsroom.writer() as writer:
            at = writer.ask(cursor="story-500")
        nothing_new = f"{STORY}changes/{at['epoch']}-{at['revision']}"
        answer = fetch(ours.url + nothing_new)
        return [
            _ready(newsroom, ours, STORY, "1", "ready page, 500 updates", 0.6),
            _ready(newsroom, ours, STORY, "1", "the same in gzip", 0.6, Accept_Encoding="gzip"),
            _ready(newsroom, ours, STORY, "2", "304 of the page", 0.7, If_None_Match=None),
            _ready(newsroom, ours, nothing_new, "5", "change answer, nothing new", 0.6),
            Row("5", "its size", f"{len(answer[1])} bytes", "", "", "≤ 300", len(answer[1]) <= 300),
            *_rendered(newsroom),
        ]


def _ready(newsroom, ours, path, goal, what, floor, **headers):
    asked = {name.replace("_", "-"): value for name, value in headers.items() if value}
    given, body = fetch(ours.url + path, **asked)
    if "If_None_Match" in headers:
        headers["If_None_Match"] = dict(given)["etag"]
    with limit(newsroom, "bench.limits.asgi:application", given, body) as bare:
        pair = alternate(
            lambda: requests_per_second(ours.url + path, **headers),
            lambda: requests_per_second(bare.url + path, **headers),
        )
    return at_least(goal, what, pair, floor)


def _rendered(newsroom):
    path = "/live/story-2000/"
    with (
        newsroom.serve("bench.uncached:in_threads", port=free_port()) as threads,
        newsroom.serve("bench.uncached:as_asgi", port=free_port()) as asgi,
    ):
        given, body = fetch(threads.url + path)
        with limit(newsroom, "bench.limits.wsgi:application", given, body) as bare:
            pair = alternate(
                lambda: requests_per_second(threads.url + path, connections=8),
                lambda: requests_per_second(bare.url + path, connections=8),
            )
        sides = alternate(
            lambda: requests_per_second(threads.url + path, connections=8),
            lambda: requests_per_second(asgi.url + path, connections=8),
        )
    yield at_least("3", "page by Django, the latest of 2,000 updates, nothing changed", pair, 0.2)
    yield Row(
        "3",
        "Django as WSGI in threads; limit: Django as ASGI",
        *(f"{side:,.0f}/s" for side in sides),
        f"{sides[0] / sides[1]:.2f}",
        "the better is kept",
        sides[0] >= sides[1],
    )


def limit(newsroom, app, given, body):
    file = newsroom.folder / "limit.body"
    file.write_bytes(body)
    return Server(app, environment={"LIMIT_BODY": str(file), "LIMIT_HEADERS": json.dumps(given)})


def fetch(url, **headers) -> tuple[list, bytes]:
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        skipped = {"date", "connection", "transfer-encoding"}
        given = [(n.lower(), v) for n, v in answer.headers.items() if n.lower() not in skipped]
        return given, answer.read()
