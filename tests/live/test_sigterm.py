"""SIGTERM while an editor publishes: the update is published and answered, or neither."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from tests.editor import Desk
from tests.sse import Subscriber

from .test_health import figures
from .test_many_readers import is_postgresql


@pytest.fixture
def desk(newsroom):
    desk = Desk(newsroom)
    yield desk
    desk.close()


@contextmanager
def story_locked(site):
    """Keep every writer of the story waiting."""
    url = site.environment["DATABASE_URL"]
    if is_postgresql:
        with psycopg.connect(url) as line:
            line.execute("SELECT id FROM liveblog_story FOR UPDATE")
            yield
    else:
        line = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        line.execute("BEGIN IMMEDIATE")
        yield
        line.close()


def test_a_publication_under_way_at_sigterm_is_whole_and_answered(newsroom, desk):
    story = newsroom.act("print(story.pk)").strip()
    reader = Subscriber(f"{newsroom.url}/live/bridge/stream")

    with ThreadPoolExecutor(1) as pool:
        with story_locked(newsroom):
            publishing = pool.submit(desk.publish, story, "Bridge opens")
            wait_until(lambda: figures(newsroom)["liveblog_django_requests editors working"] == 1)
            begun = time.monotonic()
            newsroom.process.terminate()
            reader.wait_for_end()  # at once: the readers need not wait for the editor
            assert not publishing.done()
        answer = publishing.result(30)
    newsroom.process.wait(20)
    took = time.monotonic() - begun
    newsroom.process = None
    output = newsroom.act("print(*story.updates.values_list('status', 'number', 'revision'))")

    assert answer.status_code == 302
    assert "published=" in answer.headers["location"]
    assert output.strip() == "('published', 2, 2)"
    assert took < 20
    with pytest.raises(httpx.ConnectError):
        httpx.get(newsroom.url)


def wait_until(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
