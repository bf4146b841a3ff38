"""What readers use is rendered again at a change: once for a burst, and not without readers."""

import asyncio
import time
from contextlib import asynccontextmanager

import pytest

from liveblog.live import cache_keys
from liveblog.live.hub import Hub
from liveblog.live.renewals import PACE
from liveblog.live.response_cache import ResponseCache

pytestmark = pytest.mark.any_database
PAGE = "/live/bridge/"


async def page(scope, receive, send):
    """Answer as Django does with a story's page."""
    headers = [(b"cache-control", b"public, max-age=5"), (b"x-liveblog-story", b"1:a-1")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"Words."})


@asynccontextmanager
async def cache():
    """A cache that one reader has asked for the page."""
    hub = Hub()
    hub.start()
    cached = ResponseCache(page, hub, allowed_hosts=["*"], grace=300)
    await ask(cached)
    yield cached
    hub.close()


async def ask(cached, path=PAGE):
    await cached(cache_keys.request_for(path, b"127.0.0.1"), None, _take)


async def _take(message):
    return None


async def until_rendered(cached):
    async with asyncio.timeout(20):
        while PAGE not in cached.store.current:
            await asyncio.sleep(0.01)


def test_a_rendering_for_nobody_is_no_request_for_the_page():
    async def act():
        async with cache() as cached:
            asked_at = cached.store.current[PAGE].asked_at = time.monotonic() - 5
            cached.change(1, is_removal=False)
            await until_rendered(cached)
            assert cached.store.current[PAGE].asked_at == asked_at
            await ask(cached)
            assert cached.store.current[PAGE].asked_at > asked_at

    asyncio.run(act())


def test_a_burst_of_changes_is_few_renderings():
    async def act():
        async with cache() as cached:
            cached.store.current[PAGE].made_at += PACE  # a slow machine has time for the burst
            for _ in range(30):
                cached.change(1, is_removal=False)
                await asyncio.sleep(0)
            await until_rendered(cached)
            assert cached.renderer.renders == 2

    asyncio.run(act())


def test_a_reader_in_a_burst_does_not_wait_for_its_end():
    async def act():
        async with cache() as cached:
            cached.change(1, is_removal=False)
            await ask(cached)
            assert cached.renderer.renders == 2

    asyncio.run(act())


@pytest.mark.parametrize(
    ("path", "renders"), [("/live/bridge/changes/a-1", 4), ("/live/bridge/changes/a-1/a-2", 3)]
)
def test_only_what_pages_ask_for_again_is_rendered_again(path, renders):
    async def act():
        async with cache() as cached:
            await ask(cached, path)
            cached.store.current[path].made_at -= 1  # so its turn comes before the page's
            cached.change(1, is_removal=False)
            await until_rendered(cached)
            assert cached.renderer.renders == renders

    asyncio.run(act())
