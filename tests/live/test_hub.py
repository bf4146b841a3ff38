"""Whose changes a hub reads and renders, and what waits for them."""

import asyncio
import threading
from contextlib import asynccontextmanager

import pytest
from django.db import Error as DatabaseError

from liveblog.live import hub as hub_module
from liveblog.live.queries import in_thread
from liveblog.live.stream import serve_stream
from liveblog.models import Story
from liveblog.queries.changes import Cursor
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
            waiting = asyncio.create_task(hub.wait_for_events())
            await asyncio.sleep(0.05)
            assert not waiting.done()
        async with asyncio.timeout(SECONDS):
            await waiting

    play(scene)


@asynccontextmanager
async def busy_threads():
    """Hold the threads that poll and read changes."""
    go_on = threading.Event()
    held = [asyncio.ensure_future(in_thread(go_on.wait)) for _ in range(2)]
    await asyncio.sleep(0)  # they begin
    try:
        yield
    finally:
        go_on.set()
        await asyncio.gather(*held)


@pytest.fixture
def known(story):
    """A story of three updates, as it is in the database."""
    for number in range(3):
        cast.publish(story, cast.User.objects.get(username="edith"), f"Word {number}")
    return Story.objects.get()


async def text_for(hub, channel, revision):
    """Return what somebody is sent who comes with a cursor."""
    reader = Reader()
    async with asyncio.timeout(SECONDS):
        await hub.join(channel, reader.subscriber, Cursor(channel.epoch, revision))
    return reader.text


def test_what_readers_missed_waits_for_no_poll_and_keeps_none_waiting(known):
    async def scene(hub):
        channel = await hub.find("bridge")
        await channel.learn_parts()
        async with busy_threads(), channel.lock:  # a change is being read
            missed = await text_for(hub, channel, 1)
            ahead = await text_for(hub, channel, known.revision + 1000)

        assert [f"Word {number}" in missed for number in range(3)] == [True] * 3
        assert "event: reload" in ahead

    play(scene)


def test_a_reader_who_is_quicker_than_the_notification_gets_the_rest_once(known):
    async def scene(hub):
        channel = await hub.find("bridge")
        await channel.learn_parts()
        channel.revision -= 2
        text = await text_for(hub, channel, known.revision - 1)
        async with asyncio.timeout(SECONDS):
            while channel.revision < known.revision:
                await asyncio.sleep(0.01)

        assert text.count('"type":"update"') == text.count('"type":"story"') == 1

    play(scene)


def test_a_database_that_hangs_is_away_until_it_answers(monkeypatch):
    async def scene(hub):
        async with busy_threads():
            monkeypatch.setattr(hub_module, "PATIENCE", 0.1)
            with pytest.raises(DatabaseError, match="no answer"):
                await hub.poll()
            assert hub.is_away
        monkeypatch.setattr(hub_module, "PATIENCE", SECONDS)
        await hub.poll()
        assert not hub.is_away

    play(scene)
