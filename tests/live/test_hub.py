"""Whose changes a hub reads and renders, and what waits for them."""

import asyncio

import pytest

from liveblog.live import hub as hub_module
from liveblog.live.stream import serve_stream
from tests import cast

from .test_notification import SECONDS, Reader, play

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def story():
    return cast.make_live_story(cast.make_editor(), slug="bridge")


@pytest.fixture
def hurried(monkeypatch):
    """Beats follow at once, and a story without readers is dropped with the next."""
    monkeypatch.setattr(hub_module, "BEAT", 0.01)
    monkeypatch.setattr(hub_module, "IDLE", 0.0)


async def ask_for_head(hub):
    async def take(message):
        return None

    scope = {"method": "HEAD", "http_version": "1.1", "headers": [], "query_string": b""}
    await serve_stream(hub, "bridge", scope, None, take)


def test_a_story_that_nobody_reads_is_dropped(hurried):
    async def scene(hub):
        await ask_for_head(hub)
        assert hub.channels
        async with asyncio.timeout(SECONDS):
            while hub.channels:
                await asyncio.sleep(0.01)

    play(scene)


def test_a_story_with_a_reader_stays(hurried):
    async def scene(hub):
        reader = Reader()
        await hub.join(await hub.find("bridge"), reader.subscriber, None)
        async with asyncio.timeout(SECONDS):
            while reader.text.count("event: beat") < 4:
                await asyncio.sleep(0.01)
        assert hub.channels

    play(scene)


def test_pages_wait_until_readers_were_sent_what_changed(story):
    async def scene(hub):
        channel = await hub.find("bridge")
        async with channel.lock:
            hub.notify(story.pk, 2, is_removal=False)
            await asyncio.sleep(0)
            waiting = asyncio.create_task(hub.settle())
            await asyncio.sleep(0.05)
            assert not waiting.done()
        async with asyncio.timeout(SECONDS):
            await waiting

    play(scene)
