"""Readers' front door: ready answers from memory, in front of Django.

An answer is rendered once, without anything of the reader who asked first, kept as
bytes in both encodings, and dropped by the bell. What can't be kept goes to Django.
"""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.http.request import split_domain_port, validate_host

from .cached_response import CachedResponse, header
from .hub import Hub
from .single_flight import single_flight
from .stream import AWAY, answer, serve_stream

MEMORY = 64 * 2**20  # bytes of answers kept, the least recently asked for dropped first
FRESH = 60.0  # seconds after which an answer is made again: "quiet" comes by the clock
ATTEMPTS = 10  # renderings, when the bell rings in between

STREAM = re.compile(r"/live/([-\w]+)/stream\Z")
NOT_KEPT = re.compile(
    r"/(?:admin|api|static|media)/|/(?:healthz|readyz|metrics)\Z|.*/search\Z|/search"
)
EDITORS = re.compile(r"/(?:admin|api|static|media)/")
PLAIN = re.compile(r"/[-\w./]*\Z", re.ASCII)
PARAMETERS = [
    (re.compile(r"/live/[-\w]+/\Z"), {"order", "before"}),
    (re.compile(r"/oembed\Z"), {"url", "maxwidth", "maxheight", "format"}),
]


class ResponseCache:
    """The ASGI application of the readers' addresses; `django` answers all that is not kept."""

    def __init__(self, django, hub: Hub, *, allowed_hosts: list[str], grace: float):
        """`grace`: seconds that ready answers are served on while the database is away."""
        self.hub, self.grace = hub, grace
        self._is_ours = lru_cache(1000)(lambda host: _is_allowed(host, allowed_hosts))
        self._django = django
        self.answers: OrderedDict[str, CachedResponse] = OrderedDict()
        self.size = 0
        self.rings = self.last_unnamed = self.hits = self.renders = self.in_django = 0
        self.last_ring: dict[int | None, int] = {}
        self.making: dict[str, asyncio.Task] = {}
        hub.on_change = self.drop
        hub.watched_besides = self.watched
        hub.on_look = self.compare

    async def __call__(self, scope, receive, send):
        ready = self._ready(scope)
        if ready:
            await ready.tell(scope, send)
        else:
            await self._route(scope, receive, send)

    async def _route(self, scope, receive, send):
        stream = STREAM.match(scope["path"])
        if stream and scope["method"] in {"GET", "HEAD"} and self._knows_host(scope):
            await serve_stream(self.hub, stream[1], scope, receive, send)
        elif self._may_keep(scope):
            await self._serve(scope, receive, send)
        elif self.hub.is_away and not EDITORS.match(scope["path"]):
            await _answer_away(send)
        else:
            await self.django(scope, receive, send)

    async def django(self, scope, receive, send):
        self.in_django += 1
        try:
            await self._django(scope, receive, send)
        finally:
            self.in_django -= 1

    # -- the bell

    def drop(self, story_id: int | None) -> None:
        """Forget what shows a story, and what shows several; None: the latter alone."""
        self.rings += 1
        self.last_ring[None] = self.rings
        if story_id is None:  # some story moved: what is in the making may show it
            self.last_unnamed = self.rings
        else:
            self.last_ring[story_id] = self.rings
        for key, kept in list(self.answers.items()):
            if kept.story_id is None or kept.story_id == story_id:
                self._forget(key)

    def compare(self, stand: dict[int, str]) -> None:
        """Drop what the bell should have told of: answers that stand behind the database."""
        behind = {
            kept.story_id
            for kept in self.answers.values()
            if kept.story_id is not None and kept.cursor != stand.get(kept.story_id)
        }
        for story_id in behind:
            self.drop(story_id)

    def watched(self) -> set[int]:
        return {kept.story_id for kept in self.answers.values() if kept.story_id is not None}

    # -- serving

    def _may_keep(self, scope) -> bool:
        path = scope["path"]
        return (
            scope["method"] in {"GET", "HEAD"}
            and bool(PLAIN.match(path))
            and not NOT_KEPT.match(path)
            and self._knows_host(scope)
        )

    def _knows_host(self, scope) -> bool:
        return self._is_ours(header(scope, b"host").decode("latin-1"))

    def _ready(self, scope) -> CachedResponse | None:
        """Find the answer of an address without parameters: what nearly all readers ask for."""
        kept = None if scope["query_string"] else self._fresh(scope["path"])
        may_read = scope["method"] in {"GET", "HEAD"} and self._knows_host(scope)
        return kept if may_read else None

    def _fresh(self, key) -> CachedResponse | None:
        """Find an answer that may go out as it is: fresh, or the best that there is."""
        kept = self.answers.get(key)
        now = time.monotonic()
        if kept is None or now - self.hub.last_look > self.grace:
            return None
        if now - kept.made_at > FRESH and not self.hub.is_in_doubt:
            return None
        self.hits += 1
        self.answers.move_to_end(key)
        return kept

    async def _serve(self, scope, receive, send):
        key = _key(scope)
        await self.serve(key, lambda: _ask(self.django, _anonymous(scope, key)), scope, send)

    async def serve(self, key: str, render: Callable, scope, send) -> None:
        """Answer from memory under a key; `render` is awaited for `(status, headers, body)`."""
        kept = self._fresh(key)
        if kept is None and not self._is_away():
            kept = await single_flight(self.making, key, lambda: self._make(key, render))
        if kept and kept.status >= 500:
            kept = self.answers.get(key, None if self.hub.is_in_doubt else kept)
        if kept is None:
            await _answer_away(send)
        else:
            await kept.tell(scope, send)

    def _is_away(self) -> bool:
        return self.hub.is_away or time.monotonic() - self.hub.last_look > self.grace

    async def _make(self, key, render) -> CachedResponse:
        """Have an answer rendered, again if the bell rang meanwhile, and keep it."""
        for _attempt in range(ATTEMPTS):
            begun = self.rings
            self.renders += 1
            status, headers, body = await render()
            made = await asyncio.to_thread(CachedResponse.make, status, headers, body)
            if not made.may_keep:
                break
            if max(self.last_ring.get(made.story_id, 0), self.last_unnamed) <= begun:
                self._keep(key, made)
                break
        return made

    def _keep(self, key, made):
        self._forget(key)
        self.answers[key] = made
        self.size += made.size
        while self.size > MEMORY:
            self._forget(next(iter(self.answers)))

    def _forget(self, key):
        kept = self.answers.pop(key, None)
        self.size -= kept.size if kept else 0


def _is_allowed(host, allowed_hosts) -> bool:
    """Judge a Host header as Django does: any case, a final stop, a port of figures alone."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed_hosts)


async def _answer_away(send) -> None:
    await answer(send, 503, AWAY, (b"retry-after", b"10"))


def _key(scope) -> str:
    """Write the address with the parameters that count, in one order; others are ignored."""
    path = scope["path"]
    known = next((names for pattern, names in PARAMETERS if pattern.match(path)), set())
    if not known or not scope["query_string"]:
        return path
    query = scope["query_string"].decode("latin-1")
    pairs = dict(reversed(parse_qsl(query, keep_blank_values=False)))
    kept = sorted((name, value) for name, value in pairs.items() if name in known)
    return f"{path}?{urlencode(kept)}" if kept else path


def _anonymous(scope, key):
    _, _, query = key.partition("?")
    return {
        **scope,
        "method": "GET",
        "query_string": query.encode("latin-1"),
        "headers": [(b"host", header(scope, b"host"))],
    }


async def _ask(app: Callable, scope) -> tuple[int, list, bytes]:
    started, body = {}, []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            started.update(message)
        else:
            body.append(message.get("body", b""))

    await app(scope, receive, send)
    headers = [(bytes(name).lower(), bytes(value)) for name, value in started["headers"]]
    return started["status"], headers, b"".join(body)
