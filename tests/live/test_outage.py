"""PostgreSQL goes, and comes back: what readers see meanwhile, and what nobody may lose."""

import time

import httpx
import psycopg
import pytest

from tests import postgres
from tests.sse import Subscriber

from .test_health import wait_for_two_polls, wait_until_ready

pytestmark = [
    pytest.mark.any_database,  # it brings a PostgreSQL of its own
    pytest.mark.alone,
]

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
    reader = Subscriber(f"{page}stream")
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


WARM = [
    *(
        "/live/bridge/",
        "/live/bridge/?order=oldest",
        "/live/bridge/changes/0",
        "/live/bridge/embed/",
    ),
    *("/live/bridge/atom.xml", "/live/bridge/rss.xml", "/live/bridge/feed.json"),
    *("/", "/front.json", "/corrections/", "/live/bridge/corrections/", "/sitemap.xml"),
    *("/feeds/atom.xml", "/news-sitemap.xml", "/robots.txt", "/live/quiet/", "/topics/"),
]
PICTURE = """
from io import BytesIO
from PIL import Image
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from liveblog.models import Picture, UpdatePicture
picture = Picture.objects.create(alt="A bridge")
drawn = BytesIO()
Image.new("RGB", (40, 30), "red").save(drawn, "JPEG")
default_storage.save(f"pictures/{picture.pk}-40.jpg", ContentFile(drawn.getvalue()))
UpdatePicture.objects.create(update=cast.publish(story, editor, "Seen."), picture=picture)
print(f"/media/pictures/{picture.pk}-40.jpg")
"""
VERBS = {
    "publish": "cast.publish(story, editor, 'Fresh words.')",
    "retract": """
marked = story.updates.get(headline='Marker words')
publishing.retract(marked, by=editor, note='No.')
""",
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_warm_address_is_served_though_the_database_dies_after_a_change(
    database, make_newsroom, verb
):
    """One second after it: nothing retracted is served, and nothing is missing."""
    site = make_newsroom(
        DATABASE_URL=postgres.make_database("newsroom", str(database.folder)),
        GRACE_SECONDS=str(GRACE),
    )
    site.act("cast.make_live_story(editor, 'Quiet', slug='quiet')")
    pictures = [site.act(PICTURE).strip(), site.act(PICTURE.replace("red", "blue")).strip()]
    warm_picture, cold_picture = pictures
    site.act("cast.publish(story, editor, 'Marker words.')")
    site.act("cast.publish(story, editor, 'Stays.')")
    wait_until_ready(site)
    wait_for_two_polls(site)
    with httpx.Client(base_url=site.url, timeout=20) as client:
        warm = {path: client.get(path).status_code for path in [*WARM, warm_picture]}

        site.act(VERBS[verb])
        time.sleep(1)
        if verb == "retract":
            warm[warm_picture] = client.get(warm_picture).status_code
        database.stop()
        stopped = time.monotonic()
        served = [(path, client.get(path)) for path in WARM]
        while time.monotonic() < stopped + GRACE - 3:
            time.sleep(1)
            served += [(path, client.get(path)) for path in [*WARM, warm_picture]]
        cold = client.get(cold_picture)

    assert set(warm.values()) == {200}
    assert {path for path, each in served if each.status_code != 200} == set()
    assert served[-1][1].headers["Content-Type"] == "image/jpeg"
    assert (cold.status_code, cold.headers["Retry-After"]) == (503, "10")
    if verb == "retract":
        assert {path for path, each in served if "Marker words" in each.text} == set()
    else:
        assert "Fresh words" in dict(served)["/live/bridge/"].text


def test_retracted_text_ends_with_the_grace(database, make_newsroom):
    """One server is cut off from the database, in which another process retracts an update."""
    whole = postgres.make_database("cut", str(database.folder))
    ask(whole, "CREATE ROLE cut SUPERUSER LOGIN")
    site = make_newsroom(DATABASE_URL=whole.replace("postgres@", "cut@"), GRACE_SECONDS="6")
    page, other = f"{site.url}/live/bridge/", site.twin()
    other.environment["DATABASE_URL"] = whole
    site.act("cast.publish(story, editor, 'Marker words.')")
    reader = Subscriber(f"{page}stream?after=0")
    reader.wait_for("change", 2)
    assert "Marker words" in until(page, 200).text

    ask(whole, "ALTER ROLE cut NOLOGIN")
    ask(whole, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cut'")
    retract = "publishing.retract(story.updates.get(), by=editor, note='Wrong.')"
    other.manage("shell", "-v0", "-c", site.code(retract))
    ended = until(page, 503)
    later = [httpx.get(page, timeout=20) for _ in range(10)]
    ask(whole, "ALTER ROLE cut LOGIN")
    back = until(page, 200)
    reader.wait_for("change", 4, seconds=20)

    assert {each.status_code for each in (ended, *later)} == {503}
    assert {each.headers["retry-after"] for each in (ended, *later)} == {"10"}
    assert not any("Marker words" in each.text for each in (ended, *later, back))
    assert "removal" in {each["type"] for each in reader.changes()}
    assert reader.is_open


def ask(url, query):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(query)


def until(url, status, seconds=40) -> httpx.Response:
    """Fetch a page until it has a status; returns that answer."""
    end = time.monotonic() + seconds
    while (response := httpx.get(url, timeout=20)).status_code != status:
        assert time.monotonic() < end, response.text
        time.sleep(0.1)
    return response


def poll_until(url, moment, expected) -> list[float]:
    """Fetch a page five times a second; returns the seconds that each answer took."""
    waits = []
    while time.monotonic() < moment:
        begun = time.monotonic()
        response = httpx.get(url)
        waits.append(time.monotonic() - begun)
        assert (response.status_code, response.text) == (200, expected)
        time.sleep(0.2)
    return waits


def timed(url):
    begun = time.monotonic()
    response = httpx.get(url, timeout=20)
    return response.status_code, response.headers, time.monotonic() - begun
