"""Pages are rendered few at a time and after the readers' events; each once for all who ask."""

import asyncio
import time

import pytest

from liveblog.live.hub import Hub
from liveblog.live.renderer import AT_ONCE, Renderer
from liveblog.live.response_store import ResponseStore

pytestmark = pytest.mark.any_database
HEADERS = [(b"cache-control", b"public, max-age=5"), (b"x-liveblog-story", b"1:a-1")]


class Django:
    """Renders until it is released; knows how many it works on."""

    def __init__(self):
        self.working, self.go_on = 0, asyncio.Event()

    async def render(self):
        self.working += 1
        await self.go_on.wait()
        return 200, HEADERS, b"Words."


def run(scene):
    async def play():
        hub, django = Hub(), Django()
        await scene(hub, django, Renderer(hub, ResponseStore()))

    asyncio.run(play())


async def iterations():
    for _ in range(20):
        await asyncio.sleep(0)


def begin(renderer, django, *keys, asked_at=None):
    return [
        asyncio.ensure_future(renderer.render_once(key, django.render, asked_at=asked_at))
        for key in keys
    ]


def test_cold_pages_are_rendered_few_at_a_time():
    async def scene(hub, django, renderer):
        asked = begin(renderer, django, *(f"/live/{number}/" for number in range(9)))
        await iterations()
        assert django.working == AT_ONCE
        django.go_on.set()
        assert {made.status for made in await asyncio.gather(*asked)} == {200}
        assert django.working == 9

    run(scene)


def test_a_page_waits_for_events_under_way():
    async def scene(hub, django, renderer):
        events = hub.run_refresh(asyncio.Event().wait())
        asked = begin(renderer, django, "/live/bridge/")
        await iterations()
        assert django.working == 0
        events.cancel()
        await iterations()
        assert django.working == 1
        django.go_on.set()
        await asyncio.gather(*asked)

    run(scene)


def test_events_that_hang_do_not_keep_a_page_for_ever(monkeypatch):
    monkeypatch.setattr("liveblog.live.hub.EVENTS_FIRST", 0.1)

    async def scene(hub, django, renderer):
        events, begun = hub.run_refresh(asyncio.Event().wait()), time.monotonic()
        django.go_on.set()
        await asyncio.gather(*begin(renderer, django, "/live/bridge/"))
        assert time.monotonic() - begun >= 0.09
        events.cancel()

    run(scene)


@pytest.mark.parametrize(("asked_at", "working"), [(None, 1), (1.0, 0)])
def test_a_change_answer_that_somebody_waits_for_goes_first(asked_at, working):
    async def scene(hub, django, renderer):
        events = hub.run_refresh(asyncio.Event().wait())
        asked = begin(renderer, django, "/live/bridge/changes/a-1/a-2", asked_at=asked_at)
        await iterations()
        assert django.working == working
        events.cancel()
        django.go_on.set()
        await asyncio.gather(*asked)

    run(scene)
