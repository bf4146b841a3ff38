"""Readers' responses from memory, in front of Django.

A response is rendered once, without anything of the reader who asked first, and kept as
bytes in both encodings until a notification says that what it shows has changed. What is
not cached goes to Django.
"""

import logging
import re
import time
from collections.abc import Callable
from functools import lru_cache

from django.db import Error as DatabaseError
from django.http.request import split_domain_port, validate_host

from liveblog.rendering import evict_story

from . import cache_keys
from .cached_response import CachedResponse, header
from .connection import refuse
from .hub import Hub
from .queries import is_page_start, look_up
from .renderer import Renderer
from .renewals import Renewals
from .response_store import ResponseStore
from .shown_pictures import ShownPictures
from .stream import AWAY, serve_stream

log = logging.getLogger(__name__)

FRESH = 60.0  # seconds after which a response is rendered again: "quiet" comes by the clock
IN_USE = 10.0  # seconds since a reader last asked for a response: rendered again at every change
IN_USE_BEFORE_REMOVAL = 60.0  # the same after a removal, which leaves nothing for an outage

STREAM = re.compile(r"/live/([-\w]+)/stream\Z")
EDITORS = re.compile(r"/(?:admin|api|static)/")


class ResponseCache:
    """The ASGI application of the readers' addresses; `django` answers all that is not cached."""

    def __init__(self, django, hub: Hub, *, allowed_hosts: list[str], grace: float):
        """`grace`: seconds that cached responses are served on while the database is away."""
        self.hub, self.grace, self.django = hub, grace, django
        self._is_ours = lru_cache(1000)(lambda host: _is_allowed(host, allowed_hosts))
        self.store, self.pictures = ResponseStore(), ShownPictures(django)
        self.hits = 0
        self.renderer = Renderer(hub, self.store)
        self._renewals = Renewals(self.renderer, self._ask_django)
        self._host = b""  # one of ours, to render for: nothing in a response depends on it
        hub.on_change = self.change
        hub.watched_besides = self.store.story_ids

    async def __call__(self, scope, receive, send):
        cached = self._at_plain_address(scope)
        if cached:
            await cached.serve(scope, send)
        else:
            await self._route(scope, receive, send)

    async def _route(self, scope, receive, send):
        stream = STREAM.match(scope["path"])
        if not self._knows_host(scope):
            log.warning("Refused a request for the host %.100r", header(scope, b"host"))
            await refuse(scope, send, 400, b"This site has another name (see ALLOWED_HOSTS).")
        elif stream and _reads(scope):
            await serve_stream(self.hub, stream[1], scope, receive, send)
        elif _reads(scope) and cache_keys.is_cacheable(scope["path"]):
            await self._serve(scope, send)
        elif _reads(scope) and scope["path"].startswith("/media/"):
            await self._serve_picture(scope, receive, send)
        elif self.hub.is_away and not EDITORS.match(scope["path"]):
            await _answer_away(scope, send)
        else:
            await self.django(scope, receive, send)

    # -- changes

    def change(self, story_id: int | None, is_removal: bool) -> None:
        """Outdate what shows a story, and what shows several; None: everything.

        After a removal nothing outdated is kept. What is in use is rendered again at once.
        """
        self.renderer.note_change(story_id)
        if is_removal:
            evict_story(story_id)
            self.pictures.forget()
        held = self.store.showing(story_id)
        for key, _ in held:
            (self.store.drop if is_removal else self.store.set_aside)(key)
        since = IN_USE_BEFORE_REMOVAL if is_removal else IN_USE
        self._renewals.add(held, since=since)

    # -- serving

    def _knows_host(self, scope) -> bool:
        return self._is_ours(header(scope, b"host").decode("latin-1"))

    def _at_plain_address(self, scope) -> CachedResponse | None:
        """Find the response of an address without parameters: what nearly all readers ask for."""
        cached = None if scope["query_string"] else self._find(scope["path"])
        return cached if _reads(scope) and self._knows_host(scope) else None

    def _find(self, key) -> CachedResponse | None:
        """Find a response that may go out as it is."""
        response = self.store.get(key)
        if response is None or self._has_grace_ended():
            return None
        if time.monotonic() - response.made_at > FRESH and not self.hub.is_in_doubt:
            return None
        self.hits += 1
        return response

    async def _serve(self, scope, send):
        self._host = header(scope, b"host")
        try:
            key, is_alias = await self._resolve(cache_keys.key_of(scope))
        except DatabaseError:
            await _answer_away(scope, send)
        else:
            await self.serve(key, self._ask_django(key), scope, send, is_alias=is_alias)

    async def serve(self, key: str, render: Callable, scope, send, *, is_alias=False) -> None:
        """Answer from memory under a key; `render` is awaited for `(status, headers, body)`."""
        response = self._find(key)
        if response is None and not self._is_away():
            response = await self.renderer.render_once(key, render)
            response.asked_at = time.monotonic()
        if response is None or response.status == 503:
            response = self._find_for_outage(key) or response
        if response is None:
            await _answer_away(scope, send)
        else:
            await response.serve(scope, send, is_alias=is_alias)

    async def _serve_picture(self, scope, receive, send):
        if self.hub.is_in_doubt and scope["path"] in self.pictures and not self._has_grace_ended():
            await self.pictures.serve_on(scope, receive, send)
        elif self._is_away():
            await _answer_away(scope, send)
        else:
            await self.pictures.ask(scope, receive, send)

    async def _resolve(self, key) -> tuple[str, bool]:
        """Return the key that an address is cached under, and whether that is another one's.

        A `before` that the story never showed leads to its first page, and makes no entry.
        """
        start = cache_keys.page_start_in(key)
        if start is None or key in self.store.current or key in self.store.outdated:
            return key, False
        if self._is_away() or await look_up(is_page_start, *start):
            return key, False
        return cache_keys.without_page_start(key), True

    def _find_for_outage(self, key) -> CachedResponse | None:
        """Find the best that there is while the database does not answer."""
        if self._has_grace_ended():
            return None
        return self.store.get(key) or self.store.outdated.get(key)

    def _has_grace_ended(self) -> bool:
        return time.monotonic() - self.hub.last_poll > self.grace

    def _is_away(self) -> bool:
        return self.hub.is_away or self._has_grace_ended()

    def _ask_django(self, key) -> Callable:
        return lambda: _ask(self.django, cache_keys.request_for(key, self._host))


def _reads(scope) -> bool:
    return scope["method"] in {"GET", "HEAD"}


def _is_allowed(host, allowed_hosts) -> bool:
    """Judge a Host header as Django does: any case, a final stop, a port of figures alone."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed_hosts)


async def _answer_away(scope, send) -> None:
    await refuse(scope, send, 503, AWAY, (b"retry-after", b"10"))


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
