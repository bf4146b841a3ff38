"""The stream, from a real server, fed by another process."""

import json
import re
import time
from datetime import UTC, datetime

import httpx
import pytest

from tests.sse import Subscriber


def address(site, slug="bridge"):
    return f"{site.url}/live/{slug}/stream"


def answer(site, cursor, slug="bridge"):
    return httpx.get(f"{site.url}/live/{slug}/changes/{cursor}").json()


def test_changes_reach_an_open_page_as_the_answer_tells_them(newsroom):
    from_start = answer(newsroom, "0")
    before = from_start["cursor"]
    reader = Subscriber(address(newsroom))

    newsroom.act("""
one = cast.publish(story, editor, "One.")
publishing.correct(one, cast.content("One!"), by=editor, note="It was one.")
two = cast.publish(story, editor, "Two.", is_key_event=True)
publishing.pin(two, by=editor)
publishing.retract(one, by=editor, note="Wrong.")
""")

    deadline = time.monotonic() + 8
    while reader.cursor.rpartition("-")[2] != "6" and time.monotonic() < deadline:
        time.sleep(0.05)
    data = answer(newsroom, before)
    assert reader.cursor == data["cursor"]
    newest = {each.get("id", "story"): each for each in reader.changes()}
    revisions = [each["revision"] for each in reader.changes()]
    assert revisions == sorted(revisions)
    [*_, shown] = [each["parts"] for each in from_start["changes"] if each["type"] == "story"]
    for each in reader.changes():
        shown |= each.get("parts", {})
    newest["story"]["parts"] = shown
    assert newest == {each.get("id", "story"): each for each in data["changes"]}


def test_a_change_sends_the_parts_that_differ(newsroom):
    """The introduction is the longest of them, and the same before and after a short update."""
    newsroom.act("""
publishing.edit_story(story, publishing.StoryContent(
    headline="Bridge", slug="bridge", introduction="<p>" + "Long words. " * 400 + "</p>"),
    by=editor)
""")
    page = httpx.get(f"{newsroom.url}/live/bridge/").text
    cursor = re.search(r'data-cursor="([^"]*)"', page)[1]
    reader = Subscriber(address(newsroom))
    reader.wait_for("beat")
    for number in (1, 2, 3):
        newsroom.act(f"cast.publish(story, editor, 'Word {number}.')")
        reader.wait_for("change", 2 * number)

    late = Subscriber(address(newsroom), cursor=cursor)
    late.wait_for("change", 6)

    for changes in (reader.changes(), late.changes()):
        # The first may come before the stream has read what readers see: it sends all.
        _, *parts = [each["parts"] for each in changes if each["type"] == "story"]
        assert len(parts) == 2
        for each in parts:  # the status names the minute of the last update
            assert {"latest", "key-events"} <= set(each) <= {"latest", "key-events", "status"}
        assert all(len(json.dumps(each)) < 4000 for each in parts)


def test_a_beat_tells_cursor_time_and_release(newsroom):
    page = httpx.get(f"{newsroom.url}/live/bridge/").text
    reader = Subscriber(address(newsroom))

    [beat, *_] = reader.wait_for("beat")

    assert beat.data["cursor"] == re.search(r'data-cursor="([^"]*)"', page)[1]
    assert beat.data["release"] == re.search(r'<html[^>]* data-release="(\w+)"', page)[1]
    age = datetime.now(UTC) - datetime.fromisoformat(beat.data["time"])
    assert abs(age.total_seconds()) < 20


def test_a_reader_who_comes_back_gets_what_they_missed_once(newsroom):
    cursor = answer(newsroom, "0")["cursor"]
    newsroom.act("for n in range(3): cast.publish(story, editor, f'Word {n}.')")

    reader = Subscriber(address(newsroom), cursor=cursor)
    reader.wait_for("change", 4)
    again = Subscriber(address(newsroom), cursor=reader.cursor)
    newsroom.act("cast.publish(story, editor, 'Later.')")

    again.wait_for("change", 2)
    updates = [each for each in again.changes() if each["type"] == "update"]
    assert [each["number"] for each in updates] == [5]
    assert [each["number"] for each in reader.changes() if each["type"] == "update"][:3] == [
        2,
        3,
        4,
    ]


@pytest.mark.parametrize("cursor", ["rubbish", "abc-1", "-5", "x" * 400, "ffffff-999999999"])
def test_a_rubbish_cursor_is_told_to_reload(site, cursor):
    reader = Subscriber(address(site, "ukraine-kursk"), cursor=cursor)

    reader.wait_for("reload")
    reader.wait_for_end()
    assert reader.status == 200


def test_last_event_id_wins_over_after(site):
    url = address(site, "ukraine-kursk")

    subscriber = Subscriber(f"{url}?after=0", headers={"Last-Event-ID": "rubbish"})
    all_of_it = Subscriber(f"{url}?after=0&utm_source=x")

    subscriber.wait_for("reload")
    all_of_it.wait_for("change", 6)


def test_many_parameters_end_no_stream(site):
    url = address(site, "ukraine-kursk")

    Subscriber(f"{url}?{'a=1&' * 200}after=0").wait_for("change", 6)


def test_what_is_not_public_has_no_stream(newsroom):
    assert Subscriber(address(newsroom, "draft")).status == 404
    assert Subscriber(address(newsroom, "nowhere")).status == 404
    refused = httpx.get(address(newsroom, "nowhere"))
    assert refused.headers["x-content-type-options"] == "nosniff"


def test_a_withdrawn_story_ends_its_streams(newsroom):
    reader = Subscriber(address(newsroom))

    newsroom.act("publishing.withdraw_story(story, by=chief)")

    reader.wait_for("gone")
    reader.wait_for_end()
    assert Subscriber(address(newsroom)).status == 410


def test_a_moved_story_leads_on(newsroom):
    newsroom.act("""
from dataclasses import replace
content = publishing.StoryContent.of(story)
publishing.edit_story(story, replace(content, slug="tunnel"), by=editor)
""")

    moved = httpx.get(address(newsroom) + "?after=0")

    assert moved.status_code == 301
    assert moved.headers["location"] == "/live/tunnel/stream?after=0"


def test_headers_of_a_stream(site):
    with httpx.stream("GET", address(site, "ukraine-kursk")) as response:
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-accel-buffering"] == "no"
        assert next(response.iter_lines()).startswith("retry: ")
    assert httpx.head(address(site, "ukraine-kursk")).status_code == 200


def test_a_killed_server_loses_nothing(newsroom):
    """Readers hold their cursors over a kill -9; all that was published meanwhile arrives once."""
    readers = [Subscriber(address(newsroom)) for _ in range(20)]
    newsroom.act("cast.publish(story, editor, 'Before.')")
    for reader in readers:
        reader.wait_for("change", 2)

    newsroom.kill()
    newsroom.act("for n in range(5): cast.publish(story, editor, f'Meanwhile {n}.')")
    newsroom.start()
    back = [Subscriber(address(newsroom), cursor=reader.cursor) for reader in readers]
    newsroom.act("cast.publish(story, editor, 'After.')")

    for before, after in zip(readers, back, strict=True):
        after.wait_for("change", 8)
        updates = [each for each in before.changes() + after.changes() if each["type"] == "update"]
        assert [each["number"] for each in updates] == [2, 3, 4, 5, 6, 7, 8]


@pytest.mark.alone
def test_sigterm_ends_streams_within_seconds(newsroom):
    readers = [Subscriber(address(newsroom)) for _ in range(10)]

    begun = time.monotonic()
    newsroom.process.terminate()
    newsroom.process.wait(20)

    assert time.monotonic() - begun < 5  # without this signal uvicorn waits for every stream
    for reader in readers:
        reader.wait_for_end()
    newsroom.process = None


def test_a_long_story_comes_whole_from_its_beginning(newsroom):
    """More than the 500 changes that a reader may miss, in pages, which a reader may break off."""
    newsroom.act("""
from tests.newsroom import make_updates
make_updates(story, 620)
""")
    count = 620

    whole = Subscriber(f"{address(newsroom)}?after=0")
    whole.wait_for("beat", seconds=20)
    [half] = [event.id for event in whole.events if event.id.endswith("-301-0")]
    rest = Subscriber(address(newsroom), cursor=half)
    rest.wait_for("beat", seconds=20)
    had = {reader: len(reader.changes()) for reader in (whole, rest)}
    newsroom.act("cast.publish(story, editor, 'The latest.')")
    for reader, count_before in had.items():
        reader.wait_for("change", count_before + 1)

    numbers = [each["number"] for each in whole.changes() if each["type"] == "update"]
    assert numbers == [*range(2, count + 3)]
    numbers = [each["number"] for each in rest.changes() if each["type"] == "update"]
    assert numbers == [*range(302, count + 3)]
    assert "reload" not in {event.name for event in (*whole.events, *rest.events)}
