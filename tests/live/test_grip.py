"""GRIP: a real Pushpin holds the streams, and is sent beats."""

import time

import httpx
import pytest

from tests import tools
from tests.pushpin import Pushpin
from tests.sse import Subscriber

# Pushpin is fed by the hub, which tests of streams see with both databases.
pytestmark = pytest.mark.any_database

KEY = "a key that the proxy and the site share"
STREAM = "/live/bridge/stream"


@pytest.fixture
def pushpin(tmp_path):
    if not tools.find_pushpin():
        tools.absent.add(tools.NO_PUSHPIN)
        pytest.skip(tools.NO_PUSHPIN)
    pushpin = Pushpin(tmp_path, KEY)
    yield pushpin
    pushpin.stop()


@pytest.fixture
def newsroom(make_newsroom, pushpin):
    """A site behind Pushpin."""
    site = make_newsroom(GRIP_URL=pushpin.control_url, GRIP_KEY=KEY)
    pushpin.start(site.port, STREAM)
    return site


def reader(pushpin, **options):
    return Subscriber(pushpin.url + STREAM, **options)


def next_cursor(cursor, steps=1):
    epoch, _, revision = cursor.partition("-")
    return f"{epoch}-{int(revision) + steps}"


def test_a_held_reader_is_told_of_a_change_by_a_beat(newsroom, pushpin):
    held = reader(pushpin)
    cursor = held.wait_for("beat")[0].data["cursor"]

    newsroom.act("cast.publish(story, editor, 'Through the proxy.')")

    newest = next_cursor(cursor)
    held.wait_for_cursor(newest)
    answer = httpx.get(f"{pushpin.url}/live/bridge/changes/{cursor}/{newest}")
    assert "Through the proxy." in answer.text


def test_the_site_holds_none_of_them(newsroom, pushpin):
    readers = [reader(pushpin) for _ in range(5)]
    for each in readers:
        each.wait_for("beat")

    deadline = time.monotonic() + 10
    while 'liveblog_streams{state="live"} 0.0' not in httpx.get(f"{newsroom.url}/metrics").text:
        assert time.monotonic() < deadline  # one may just be answered
        time.sleep(0.1)


def test_who_comes_back_is_given_what_they_missed(newsroom, pushpin):
    cursor = reader(pushpin).wait_for("beat")[0].data["cursor"]
    newsroom.act("cast.publish(story, editor, 'Missed.')")

    late = reader(pushpin, cursor=cursor)
    late.wait_for("change")
    assert "Missed." in str(late.changes())


def test_many_changes_reach_a_held_reader(newsroom, pushpin):
    held = reader(pushpin)
    first = held.wait_for("beat")[0].data["cursor"]

    newsroom.act("for at in range(10): cast.publish(story, editor, f'Number {at}.')")

    held.wait_for_cursor(next_cursor(first, 10))


def test_readers_of_a_withdrawn_story_are_told(newsroom, pushpin):
    held = reader(pushpin)
    held.wait_for("beat")

    newsroom.act("publishing.withdraw_story(story, by=chief)")

    held.wait_for("gone")


def test_what_is_withdrawn_is_no_error_to_the_proxy(newsroom, pushpin):
    """It passes no error on to readers that it holds: whoever asks through it gets an event."""
    newsroom.act("publishing.withdraw_story(story, by=chief)")

    reader(pushpin).wait_for("gone")


def test_a_request_that_the_proxy_did_not_sign_is_a_stream_of_ours(newsroom, pushpin):
    direct = Subscriber(newsroom.url + STREAM, headers={"Grip-Sig": "x.y.z"})
    direct.wait_for("beat")

    newsroom.act("cast.publish(story, editor, 'Straight.')")

    assert "Straight." in str(direct.wait_for("change")[0].data)


def test_a_proxy_that_comes_late_is_told_what_it_missed(make_newsroom, pushpin):
    site = make_newsroom(GRIP_URL=pushpin.control_url, GRIP_KEY=KEY)
    site.act("cast.publish(story, editor, 'Nobody hears it yet.')")

    pushpin.start(site.port, STREAM)

    pushpin.wait_for_publication()


def test_a_new_process_tells_the_proxy_how_far_stories_are(newsroom, pushpin):
    """What was published as the process before ended may be known to nobody that it holds."""
    pushpin.wait_for_publication()

    newsroom.stop()
    newsroom.start()

    pushpin.wait_for_publication(2)
