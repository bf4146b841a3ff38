"""Fans one upstream stream a story out to many readers; needs no database and no Django.

A reader gets what any process of the site would send.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable

import httpx

from .connection import HEADERS, abort_of, answer, bound_silence, cursor_text
from .relay_feed import Feed
from .subscriber import Subscriber
from .upstream import Refused, make_client

STREAM = re.compile(r"/live/([-\w]+)/stream\Z")
READY_WITHIN = 10.0  # seconds that a reader waits for the upstream's first answer
MOST_STORIES = 1000  # upstream connections at once


class Relay:
    """The ASGI application: `/live/<slug>/stream` of every story of the upstream, `/healthz`."""

    def __init__(self, upstream: str, *, thin: bool = False):
        """`thin`: send beats instead of changes; pages then fetch what changed."""
        self.upstream, self.thin = upstream, thin
        self.client: httpx.AsyncClient | None = None
        self.feeds: dict[str, Feed] = {}
        self.tasks: set[asyncio.Task] = set()

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Callable, send: Callable[[dict], Awaitable]):
        await receive()
        self.client = make_client(self.upstream)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in list(self.tasks):
            task.cancel()
        await self.client.aclose()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope, receive, send):
        found = STREAM.match(scope["path"])
        if scope["path"] == "/healthz":
            await answer(send, 200, b"ok")
        elif not found or scope["method"] != "GET":
            await answer(send, 404, b"A relay serves streams of stories alone.")
        else:
            await self._serve(found[1], scope, receive, send)

    async def _serve(self, slug, scope, receive, send):
        feed = self._feed(slug)
        if feed is None:
            await answer(send, 503, b"Too many stories.", (b"retry-after", b"10"))
            return
        feed.visitors += 1
        try:
            await self._serve_of(feed, scope, receive, send)
        finally:
            feed.visitors -= 1
            if not feed.visitors:
                self._end(slug, feed)

    async def _serve_of(self, feed, scope, receive, send):
        try:
            await asyncio.wait_for(feed.ready.wait(), READY_WITHIN)
        except TimeoutError:
            await answer(send, 503, b"The site is away.", (b"retry-after", b"10"))
            return
        if feed.refused:
            await self._refuse(feed.refused, send)
        elif feed.is_over:
            await answer(send, 503, b"Come back in a moment.", (b"retry-after", b"1"))
        else:
            await self._stream(feed, scope, receive, send)

    def _feed(self, slug) -> Feed | None:
        """Return the feed of a story; it goes on for as long as somebody reads it or waits."""
        if slug not in self.feeds:
            if len(self.feeds) >= MOST_STORIES:
                return None
            feed = self.feeds[slug] = Feed(self.client, f"/live/{slug}/stream", thin=self.thin)
            feed.task = asyncio.get_running_loop().create_task(feed.run())
            self.tasks.add(feed.task)
            feed.task.add_done_callback(lambda task: self._forget(slug, feed, task))
        return self.feeds[slug]

    def _end(self, slug, feed):
        """Drop a feed at once: whoever comes before its task has ended begins another."""
        feed.task.cancel()
        if self.feeds.get(slug) is feed:
            del self.feeds[slug]

    def _forget(self, slug, feed, task):
        self.tasks.discard(task)
        if self.feeds.get(slug) is feed:
            del self.feeds[slug]

    async def _refuse(self, refused, send):
        location = [(b"location", refused.location.encode())] if refused.location else []
        await answer(send, refused.status, b"There is no such stream.", *location)

    async def _stream(self, feed, scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        reader = Subscriber(send, abort_of(send))
        bound_silence(send)
        try:
            await feed.join(reader, cursor_text(scope))
            while (await receive())["type"] != "http.disconnect":
                pass
        except (asyncio.CancelledError, httpx.HTTPError, Refused, ValueError):
            reader.finish()  # they come back with their cursor
        finally:
            feed.readers.discard(reader)
