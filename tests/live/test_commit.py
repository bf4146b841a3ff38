"""PostgreSQL stops while an update is being published: before its commit, and just after it."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest

from tests import postgres
from tests.editor import Desk
from tests.sse import Subscriber

from .test_health import wait_until_ready

pytestmark = pytest.mark.any_database  # it brings a PostgreSQL of its own

BODY = '<p>“Über” &amp; <a href="https://example.com/?a=1&amp;b=2">a link</a></p>'

# The commit waits before it takes effect, or takes effect and waits to say so.
STAY_BEFORE = """
CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON liveblog_update
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle();
"""
STAY_AFTER = "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"
STAYS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = 'newsroom' AND query = 'COMMIT' AND wait_event IN ('PgSleep', 'SyncRep')
"""


@pytest.fixture
def database():
    server = postgres.Server()
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def ask(database):
    """Ask the newsroom's database, on a connection that is made for it."""

    def ask(query):
        address = postgres.url(str(database.folder), "newsroom")
        with psycopg.connect(address, autocommit=True) as connection:
            result = connection.execute(query)
            return result.fetchone()[0] if result.description else None

    return ask


@pytest.fixture
def newsroom(database, make_newsroom):
    url = postgres.make_database("newsroom", str(database.folder))
    return make_newsroom(DATABASE_URL=url)


@pytest.fixture
def desk(newsroom):
    desk = Desk(newsroom)
    yield desk
    desk.close()


def stop_before_commit(database, ask):
    ask(STAY_BEFORE)

    def start():
        database.start()
        ask("DROP FUNCTION dawdle CASCADE")

    return start


def stop_after_commit(database, ask):
    ask(STAY_AFTER)
    ask("SELECT pg_reload_conf()")
    wait_until(lambda: ask("SHOW synchronous_standby_names") == "nobody")
    database.options["synchronous_standby_names"] = ""  # wins when it starts again
    return database.start


@pytest.mark.parametrize(
    ("stop_at", "was_published"), [(stop_before_commit, False), (stop_after_commit, True)]
)
def test_an_update_is_published_once_though_its_commit_was_lost(
    database, newsroom, desk, ask, stop_at, was_published
):
    story = ask("SELECT id FROM liveblog_story WHERE slug = 'bridge'")
    reader = Subscriber(f"{newsroom.url}/live/bridge/stream?after=0")
    reader.wait_for("change")
    before = httpx.get(f"{newsroom.url}/live/bridge/", timeout=30)
    start = stop_at(database, ask)

    with ThreadPoolExecutor(1) as pool:
        publishing = pool.submit(desk.publish, story, "Bridge opens", BODY)
        wait_until(lambda: ask(STAYS) == 1)
        database.stop()
        answer = publishing.result(30)
    shown = httpx.get(f"{newsroom.url}/live/bridge/", timeout=30)
    wait_until_ready(newsroom, ready=False)
    start()
    wait_until_ready(newsroom, seconds=20)
    found = ask("SELECT count(*) FROM liveblog_update WHERE status = 'published'")
    again = desk.send_again(answer)
    once_more = desk.send_again(answer)
    reader.wait_for("change", 2)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert answer.headers["cache-control"] == "private, no-store"
    assert "It is not known whether your update was saved or published" in answer.text
    assert (shown.status_code, shown.text) == (200, before.text)
    assert found == was_published
    assert (again.status_code, once_more.status_code) == (302, 302)
    assert again.headers["location"] == once_more.headers["location"]
    assert ask("SELECT body FROM liveblog_update") == BODY
    updates = [each for each in reader.changes() if each["type"] == "update"]
    assert [each["number"] for each in updates] == [2]
    assert reader.is_open
    assert "reload" not in {event.name for event in reader.events}
    assert "Traceback" not in newsroom.log


def wait_until(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
