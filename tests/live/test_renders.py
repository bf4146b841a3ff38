"""One rendering for everybody, and none that a takedown has overtaken."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.server import ROOT

from .test_health import figures, wait_for_two_polls

PAGE = "/live/bridge/"


@pytest.fixture
def blocked(make_newsroom, tmp_path):
    """A newsroom whose server can't render an update until `release` is called."""
    template = "liveblog/_update.html"
    (tmp_path / "liveblog").mkdir()
    os.mkfifo(tmp_path / template)
    site = make_newsroom(TEMPLATE_DIRS=str(tmp_path))

    def wait_for_render():
        """Wait until the template is asked for: the rows have been read. Returns `release`."""
        door = (tmp_path / template).open("w")

        def release():
            with door:
                door.write((ROOT / "templates" / template).read_text())

        return release

    site.wait_for_render = wait_for_render
    return site


def test_a_render_that_a_takedown_overtakes_is_told_to_nobody(blocked):
    blocked.act(
        "cast.publish(story, editor, 'Marker words.'); cast.publish(story, editor, 'Stays.')"
    )
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(httpx.get, blocked.url + PAGE, timeout=30)
        release = blocked.wait_for_render()
        before = figures(blocked)["liveblog_changes_total"]
        blocked.act(
            "publishing.retract(story.updates.get(headline='Marker words'), by=editor, note='No.')"
        )
        until = time.monotonic() + 5
        while figures(blocked)["liveblog_changes_total"] == before and time.monotonic() < until:
            time.sleep(0.05)
        release()
        first = asked.result()
    later = httpx.get(blocked.url + PAGE)

    for each in (first, later):
        assert each.status_code == 200
        assert "Stays." in each.text
        assert "Marker words" not in each.text


def test_a_thousand_campaigns_are_one_render(newsroom):
    newsroom.act("cast.publish(story, editor, 'Words.')")
    before = settled_renders(newsroom)

    with httpx.Client(base_url=newsroom.url) as client:
        bodies = {client.get(f"{PAGE}?utm_x={number}").content for number in range(1000)}

    assert len(bodies) == 1
    assert renders(newsroom) - before == 1


def test_a_burst_on_a_cold_address_is_one_render(newsroom):
    """A thousand requests, two hundred at a time, while the answer is not yet there."""
    newsroom.act("for n in range(30): cast.publish(story, editor, f'Words {n}.')")
    before = settled_renders(newsroom)

    lines = httpx.Limits(max_connections=200)  # a client for each request would take minutes
    with ThreadPoolExecutor(200) as pool, httpx.Client(limits=lines, timeout=30) as client:
        asked = [pool.submit(client.get, newsroom.url + PAGE) for _ in range(1000)]
        bodies = {each.result().content for each in asked}

    assert len(bodies) == 1
    assert renders(newsroom) - before == 1


def test_an_editors_cookie_changes_nothing(newsroom):
    """Whoever asks first, signed in or not, all readers get the same bytes."""
    with httpx.Client(base_url=newsroom.url, follow_redirects=True) as client:
        client.get("/admin/login/")
        form = {
            "username": "chief@localhost",
            "password": newsroom.password_of("chief@localhost"),
            "csrfmiddlewaretoken": client.cookies["csrftoken"],
        }
        desk = client.post("/admin/login/?next=/admin/", data=form)
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    editors = httpx.get(newsroom.url + PAGE, headers={"Cookie": cookies})
    readers = httpx.get(newsroom.url + PAGE)

    assert "sessionid" in cookies, desk.text
    assert editors.content == readers.content
    assert "set-cookie" not in editors.headers


@pytest.mark.parametrize(
    "asked",
    [
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"Range": "bytes=0-9"},
        {"Accept-Encoding": "gzip;q=0"},
    ],
)
def test_what_the_first_asker_has_is_nothing_to_the_next(newsroom, asked):
    """A 304 or a part is theirs alone: what is cached is the whole page."""
    newsroom.act("cast.publish(story, editor, 'Words.')")
    before = settled_renders(newsroom)

    first = httpx.get(newsroom.url + PAGE, headers=asked)
    second = httpx.get(newsroom.url + PAGE)

    assert first.status_code == (304 if "If-None-Match" in asked else 200)
    assert (second.status_code, "Words." in second.text) == (200, True)
    assert renders(newsroom) - before == 1


def renders(site):
    return figures(site)["liveblog_responses_rendered_total"]


def settled_renders(site):
    """Count renders once two polls have passed: the poll after a change may outdate all."""
    wait_for_two_polls(site)
    return renders(site)
