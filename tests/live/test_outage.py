"""PostgreSQL goes, and comes back: what readers see meanwhile, and what nobody may lose."""

import time

import httpx
import pytest

from tests import postgres
from tests.sse import Reader

from .test_operators import wait_until_ready

pytestmark = pytest.mark.any_database  # it brings a PostgreSQL of its own

GRACE = 12  # seconds, for the default of five minutes


@pytest.fixture
def database():
    server = postgres.Server()
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.remove()


def test_readers_are_served_while_the_database_is_away(database, make_newsroom):
    site = make_newsroom(
        DATABASE_URL=postgres.make_database("newsroom", str(database.folder)),
        GRACE_SECONDS=str(GRACE),
    )
    page = f"{site.url}/live/bridge/"
    reader = Reader(f"{page}stream")
    site.act("cast.publish(story, editor, 'Before.')")
    reader.wait_for("change", 2)
    wait_until_ready(site)
    before = httpx.get(page)

    database.stop()
    stopped = time.monotonic()
    wait_until_ready(site, ready=False, seconds=1)
    waits = poll_until(page, stopped + GRACE - 2, before.text)
    cold = timed(f"{site.url}/corrections/")
    streams = timed(f"{page}stream?after=0")
    time.sleep(max(0, stopped + GRACE + 3 - time.monotonic()))
    at_last = httpx.get(page)
    database.start()
    started = time.monotonic()
    wait_until_ready(site, seconds=10)
    back = time.monotonic() - started
    site.act("cast.publish(story, editor, 'After.')")
    reader.wait_for("change", 4)

    assert max(waits) < 1
    for status, headers, seconds in (cold, streams):
        assert (status, headers["retry-after"]) == (503, "10")
        assert seconds < 1
    assert (at_last.status_code, at_last.headers["retry-after"]) == (503, "10")
    assert back < 10
    assert reader.is_open
    updates = [each for each in reader.changes() if each["type"] == "update"]
    assert [each["number"] for each in updates] == [2, 3]
    assert httpx.get(page).text.count("<article") == before.text.count("<article") + 1
    assert "Traceback" not in site.log


def poll_until(url, moment, expected) -> list[float]:
    """Fetch a page five times a second; returns the seconds that each answer took."""
    waits = []
    while time.monotonic() < moment:
        begun = time.monotonic()
        told = httpx.get(url)
        waits.append(time.monotonic() - begun)
        assert (told.status_code, told.text) == (200, expected)
        time.sleep(0.2)
    return waits


def timed(url):
    begun = time.monotonic()
    told = httpx.get(url, timeout=20)
    return told.status_code, told.headers, time.monotonic() - begun
