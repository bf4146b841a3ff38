"""Published updates by the API, to a program that asks with its token."""

from .load import alternate, requests_per_second
from .newsroom import Newsroom
from .pages import fetch, limit
from .report import Row, at_least

SLUG = "story-500"


def measure(newsroom: Newsroom) -> list[Row]:
    """Measure an answer from memory beside bare ASGI that says the same bytes."""
    with newsroom.writer() as writer:
        token = writer.ask(token="Bench")["token"]
        at = writer.ask(cursor=SLUG)
    updates = f"/api/v1/stories/{SLUG}/updates"
    nothing_new = f"{updates}?after={at['epoch']}-{at['revision']}"
    allowed = {"Authorization": f"Bearer {token}"}
    with newsroom.serve() as ours:
        return [
            _ready(newsroom, ours, updates, "API: the first 100 updates of 500", allowed),
            _ready(newsroom, ours, nothing_new, "API: nothing new after a cursor", allowed),
        ]


def _ready(newsroom, ours, path, what, headers):
    given, body = fetch(ours.url + path, **headers)
    with limit(newsroom, "bench.limits.asgi:application", given, body) as bare:
        pair = alternate(
            lambda: requests_per_second(ours.url + path, **headers),
            lambda: requests_per_second(bare.url + path, **headers),
        )
    return at_least("", what, pair, 0.5)
