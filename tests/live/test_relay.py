"""A relay before a real server: a process of its own, without a database."""

import asyncio
import subprocess
import sys

import httpx
import pytest

from liveblog.live import relay as relay_module
from liveblog.live import relay_feed
from liveblog.live.relay_feed import Feed
from liveblog.live.upstream import make_client
from tests.server import ROOT, free_port, wait_until_it_answers
from tests.sse import Subscriber

# A relay reads the stream of a site, which tests of streams see with both databases.
pytestmark = pytest.mark.any_database


class Relay:
    """`python -m liveblog.relay`, started and killed."""

    def __init__(self, site, *options: str):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.command = [
            *(sys.executable, "-m", "liveblog.relay"),
            *("--upstream", site.url, "--port", str(self.port), *options),
        ]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, cwd=ROOT, env={})
        wait_until_it_answers(f"{self.url}/healthz", self.process)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def reader(self, **options) -> Subscriber:
        return Subscriber(f"{self.url}/live/bridge/stream", **options)


@pytest.fixture
def make_relay(newsroom):
    made = []

    def make_relay(*options) -> Relay:
        made.append(Relay(newsroom, *options))
        return made[-1]

    yield make_relay
    for relay in made:
        relay.kill()


def test_readers_of_a_relay_get_what_readers_of_the_site_get(newsroom, make_relay):
    relay = make_relay()
    behind, direct = relay.reader(), Subscriber(f"{newsroom.url}/live/bridge/stream")
    behind.wait_for("beat"), direct.wait_for("beat")

    newsroom.act("cast.publish(story, editor, 'Through the relay.')")

    relayed, sent = behind.wait_for("change", 2), direct.wait_for("change", 2)
    assert [each.data for each in relayed] == [each.data for each in sent]
    assert behind.cursor == direct.cursor


def test_a_killed_relay_loses_nothing(newsroom, make_relay):
    relay = make_relay()
    reader = relay.reader()
    reader.wait_for("beat")
    newsroom.act("cast.publish(story, editor, 'Before.')")
    reader.wait_for("change", 2)

    relay.kill()
    newsroom.act("cast.publish(story, editor, 'Meanwhile.')")
    relay.start()
    back = relay.reader(cursor=reader.cursor)

    first, *_ = back.wait_for("change", 2)
    assert "Meanwhile." in first.data["html"]
    newsroom.act("cast.publish(story, editor, 'After.')")
    assert "After." in back.wait_for("change", 4)[2].data["html"]


def test_a_thin_relay_sends_beats_alone(newsroom, make_relay):
    reader = make_relay("--thin").reader()
    reader.wait_for("beat")

    newsroom.act("cast.publish(story, editor, 'Not in the stream.')")

    cursor = httpx.get(f"{newsroom.url}/live/bridge/changes/0").json()["cursor"]
    reader.wait_for_cursor(cursor)
    assert not [each for each in reader.events if each.name == "change"]


def test_a_withdrawn_story_is_gone_and_an_unknown_one_is_not_there(newsroom, make_relay):
    relay = make_relay()
    reader = relay.reader()
    reader.wait_for("beat")

    newsroom.act("publishing.withdraw_story(story, by=chief)")

    reader.wait_for("gone")
    assert httpx.get(f"{relay.url}/live/bridge/stream").status_code == 410
    assert httpx.get(f"{relay.url}/live/nowhere/stream").status_code == 404
    assert httpx.get(f"{relay.url}/live/bridge/").status_code == 404


def test_readers_stay_while_the_site_restarts(newsroom, make_relay):
    reader = make_relay().reader()
    reader.wait_for("beat")

    newsroom.kill()
    newsroom.act("cast.publish(story, editor, 'While it was down.')")
    newsroom.start()

    assert "While it was down." in reader.wait_for("change", 2)[0].data["html"]
    assert reader.is_open


def test_a_rubbish_cursor_is_told_to_reload(make_relay):
    relay = make_relay()
    readers = [
        relay.reader(cursor="rubbish"),
        Subscriber(f"{relay.url}/live/bridge/stream?after=%00"),
        Subscriber(f"{relay.url}/live/bridge/stream?after=%C3%A9"),
    ]

    for reader in readers:
        reader.wait_for("reload")


def test_a_story_that_nobody_waits_for_any_more_is_dropped(monkeypatch):
    """While the site is away anybody may ask for any number of stories that there are not."""
    monkeypatch.setattr(relay_module, "READY_WITHIN", 0.05)
    sent = []

    async def take(message):
        sent.append(message)

    async def ask():
        relay = relay_module.Relay("http://127.0.0.1:9")  # nobody listens there
        relay.client = make_client(relay.upstream)
        scope = {"type": "http", "path": "/live/made-up/stream", "method": "GET", "headers": []}
        await relay(scope, None, take)
        assert not relay.feeds
        await asyncio.gather(*relay.tasks, return_exceptions=True)
        assert not relay.tasks
        await relay.client.aclose()

    asyncio.run(asyncio.wait_for(ask(), 20))

    assert sent[0]["status"] == 503


def test_what_readers_at_many_cursors_missed_is_bounded(monkeypatch):
    monkeypatch.setattr(relay_feed, "MISSED_BYTES", 1000)
    feed = Feed(None, "/live/bridge/stream", thin=False)

    for number in range(50):
        feed.keep(f"a-{number}", (b"x" * 300, number))

    assert list(feed.missed) == ["a-47", "a-48", "a-49"]
