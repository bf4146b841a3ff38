"""A thousand readers, kill -9, and commits in disorder: nothing missed, doubled or out of order."""

import asyncio
import os
import subprocess
import sys
import time

import pytest

from tests.server import ROOT, Site

from .crowd import Crowd

pytestmark = pytest.mark.alone

READERS = 1000
PUBLISHERS = 8
EACH = 6  # updates of each publisher

is_postgresql = os.environ.get("TEST_DATABASE") == "postgresql"

# Every commit waits up to a tenth of a second, each another while: at the commit itself.
DELAY = """
from django.db import connection
connection.cursor().execute('''
CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM pg_sleep(random() * 0.1); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT OR UPDATE ON liveblog_update
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle();
''')
"""


def test_a_thousand_readers_survive_a_kill(newsroom):
    url = f"{newsroom.url}/live/bridge/stream"

    async def go():
        async with Crowd([url], READERS) as crowd:
            await asyncio.to_thread(newsroom.act, words("Before", 3))
            await crowd.until(lambda each: len(each.numbers) == 3)
            newsroom.kill()
            killed = time.monotonic()
            await asyncio.to_thread(newsroom.act, words("Meanwhile", 5))
            await asyncio.to_thread(newsroom.start)
            up = time.monotonic()
            is_back = lambda each: each.connected[-1] > killed  # noqa: E731
            most = await crowd.until(is_back, share=0.99, seconds=15)
            await crowd.until(is_back, seconds=30 - most)
            await asyncio.to_thread(newsroom.act, words("After", 2))
            await crowd.until(lambda each: len(each.numbers) >= 10)
            return crowd.followers, up

    followers, up = asyncio.run(go())

    assert {tuple(each.numbers) for each in followers} == {tuple(range(2, 12))}
    assert {name for each in followers for name in each.names} <= {"change", "beat"}
    waits = sorted(each.connected[-1] - up for each in followers)
    assert waits[READERS * 3 // 4] - waits[READERS // 4] > 0.5, "they came back all at once"


@pytest.mark.skipif(not is_postgresql, reason="SQLite has one writer and one server")
def test_commits_in_disorder_arrive_in_order_on_two_servers(newsroom):
    """Eight publishers, delayed at random as they commit, two servers, one of them killed."""
    newsroom.shell(DELAY)
    other = beside(newsroom)
    urls = [f"{each.url}/live/bridge/stream" for each in (newsroom, other)]
    total = PUBLISHERS * EACH

    async def go():
        async with Crowd(urls, READERS) as crowd:
            publishers = [publish_beside(newsroom) for _ in range(PUBLISHERS)]
            await crowd.until(lambda each: len(each.numbers) >= total // 3, seconds=120)
            other.kill()
            await asyncio.to_thread(other.start)
            await crowd.until(lambda each: len(each.numbers) >= total, seconds=120)
            assert [each.wait() for each in publishers] == [0] * PUBLISHERS
            return crowd.followers

    try:
        followers = asyncio.run(go())
    finally:
        other.stop()

    assert {tuple(each.numbers) for each in followers} == {tuple(range(2, total + 2))}
    assert {name for each in followers for name in each.names} <= {"change", "beat"}


def words(text, count):
    return f"for n in range({count}): cast.publish(story, editor, f'{text} {{n}}.')"


def beside(site) -> Site:
    """Start a second server on a site's database."""
    other = Site(site.folder / "beside")
    other.folder.mkdir()
    other.environment |= {"DATABASE_URL": site.environment["DATABASE_URL"]}
    other.start()
    return other


def publish_beside(site) -> subprocess.Popen:
    """Begin to publish a few updates, in a process of its own."""
    command = ["manage.py", "shell", "-v0", "-c", site.code(words("Word", EACH))]
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=site.environment)
