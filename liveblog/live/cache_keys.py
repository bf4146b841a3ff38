"""Which addresses are cached, each under one key.

What a visitor can vary freely never makes an entry of its own.
"""

import re
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.conf import settings

PLAIN = re.compile(r"/[-\w./]*\Z", re.ASCII)
UNCACHED = re.compile(
    r"/(?:admin|api|static|media)/|/(?:healthz|readyz|metrics|oembed)\Z|.*/search\Z|/search"
)
STORY = re.compile(r"/live/([-\w]+)/\Z")
BETWEEN = re.compile(r"/live/[-\w]+/changes/[^/]+/[^/]+\Z")


def is_cacheable(path: str) -> bool:
    return bool(PLAIN.match(path)) and not UNCACHED.match(path)


def key_of(scope) -> str:
    """Write an address with the parameters that count, in one order; others are ignored."""
    path = scope["path"]
    if not scope["query_string"] or not STORY.match(path):
        return path
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=False)
    asked = dict(reversed(pairs))  # of several the first counts
    counting = {"before": _read_id(asked.get("before", ""))}
    counting["order"] = "oldest" if asked.get("order") == "oldest" else ""
    known = {name: value for name, value in counting.items() if value}
    return f"{path}?{urlencode(known)}" if known else path


def is_change_answer(key: str) -> bool:
    """Tell whether a key has a cursor: of those every visitor may ask for any number."""
    return "/changes/" in key or key.startswith("api ")


def is_between_cursors(key: str) -> bool:
    """Tell whether a key asks from one cursor to another: pages do at one beat, and never again."""
    return bool(BETWEEN.match(key))


def page_start_in(key: str) -> tuple[str, UUID] | None:
    """Return the slug and the update id of a key with `before`."""
    path, _, query = key.partition("?")
    before = dict(parse_qsl(query)).get("before")
    return (STORY.match(path)[1], UUID(before)) if before else None


def without_page_start(key: str) -> str:
    """Return the key of the page that an unknown `before` leads to: the story's first."""
    path, _, query = key.partition("?")
    return f"{path}?order=oldest" if "order=oldest" in query else path


def request_for(key: str, host: bytes) -> dict:
    """Make the request that has a cached address rendered: nothing in it is a visitor's."""
    path, _, query = key.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": settings.SITE_URL.partition(":")[0],  # strict transport is for https alone
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", host)],
        "client": None,
        "server": None,
    }


def _read_id(text):
    try:
        return str(UUID(hex=text))
    except ValueError:
        return ""
