"""What a notification brings by itself: no poll runs here that could find it."""

import asyncio
from contextlib import suppress

import pytest
from django.db import connection

from liveblog import notify, publishing
from liveblog.live.hub import Hub
from liveblog.live.listener import keep_listening
from liveblog.live.queries import in_thread, read_batch
from liveblog.live.subscriber import Subscriber
from liveblog.models import Story
from liveblog.queries.changes import Cursor
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 10


@pytest.fixture
def editor():
    return cast.make_editor()


@pytest.fixture
def story(editor):
    return cast.make_live_story(editor, slug="bridge")


class Reader:
    """What one stream was sent."""

    def __init__(self):
        self.text = ""
        self.subscriber = Subscriber(self.send, lambda: None)

    async def send(self, message):
        self.text += message["body"].decode()

    async def until(self, words):
        async with asyncio.timeout(SECONDS):
            while words not in self.text:
                await asyncio.sleep(0.01)


def play(scene):
    """Run a scene with a hub that is notified as in a server, and never polls."""

    async def go():
        hub, tasks = Hub(), []
        hub.start()
        if connection.vendor == "postgresql":
            tasks.append(asyncio.create_task(keep_listening(hub)))
            async with asyncio.timeout(SECONDS):
                while not hub.polls:  # it polls once, when it begins to listen
                    await asyncio.sleep(0.01)
        else:
            notify.listeners.append(hub.notify)
        try:
            await scene(hub)
        finally:
            with suppress(ValueError):
                notify.listeners.remove(hub.notify)
            for task in tasks:
                task.cancel()
            hub.close()

    asyncio.run(go())


async def act(verb, *arguments, **options):
    """Carry out a verb in a thread, as a request does."""

    def work():
        try:
            return verb(*arguments, **options)
        finally:
            connection.close()

    return await asyncio.to_thread(work)


def test_a_publication_arrives_by_its_notification(story, editor):
    async def scene(hub):
        reader = Reader()
        await hub.join(await hub.find("bridge"), reader.subscriber, None)

        await act(cast.publish, story, editor, "Marker words.")

        await reader.until("Marker words")

    play(scene)


def test_a_notification_says_whether_something_is_taken_from_readers(story, editor):
    async def scene(hub):
        heard = []
        hub.on_change = lambda story_id, is_removal: heard.append(is_removal)

        one = await act(cast.publish, story, editor)
        await act(publishing.correct, one, cast.content(), by=editor, note="No.")
        await act(publishing.retract, one, by=editor, note="No.")
        await act(publishing.restore, one, by=editor)
        two = await act(cast.publish, story, editor)
        await act(publishing.undo, two, by=editor)
        await act(publishing.withdraw_story, story, by=await act(cast.make_chief))
        async with asyncio.timeout(SECONDS):
            while len(heard) < 7:
                await asyncio.sleep(0.01)

        assert heard == [False, False, True, False, False, True, True]

    play(scene)


def test_what_comes_while_a_reader_catches_up_is_not_missed(story, editor):
    """The database's answer is older than the channel when it arrives."""

    async def scene(hub):
        channel = await hub.find("bridge")
        cursor = Cursor(channel.epoch, channel.revision)
        await act(cast.publish, story, editor, "First words.")
        await until_revision(channel, 2)
        channel.tail.clear()  # as after a restart: the reader has to ask the database
        older = await in_thread(read_batch, story.pk, cursor)
        is_later = asyncio.Event()

        async def answer():
            await is_later.wait()
            return older

        channel.catching_up[cursor] = asyncio.create_task(answer())
        reader = Reader()
        joining = asyncio.create_task(hub.join(channel, reader.subscriber, cursor))
        await asyncio.sleep(0.05)
        await act(cast.publish, story, editor, "Later words.")
        await until_revision(channel, 3)
        is_later.set()
        await joining

        assert reader.text.index("First words") < reader.text.index("Later words")
        assert f"id: {channel.cursor}\n" in reader.text

    play(scene)


async def until_revision(channel, revision):
    async with asyncio.timeout(SECONDS):
        while channel.revision < revision:
            await asyncio.sleep(0.01)
    assert await in_thread(lambda: Story.objects.get().revision) == revision
