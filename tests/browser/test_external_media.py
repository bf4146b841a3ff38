"""Videos elsewhere load after the reader's click, and not before."""

import pytest
from playwright.sync_api import expect

from tests.live.conftest import ACT, SETUP
from tests.server import Site

FOLLOW = 8_000  # milliseconds, as for a live page
VIDEO = "https://youtu.be/dQw4w9WgXcQ"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("elsewhere"))
    site.prepare(demo=False)
    site.start()
    site.shell(SETUP)
    site.act = lambda code: site.shell(ACT.format(slug="bridge") + code)
    site.act(f"""
cast.publish(story, editor, "A film", body="<p>Words.</p><p>{VIDEO}</p>")
cast.publish(story, editor, "A post", body="<p>https://x.com/AP/status/20</p>")
""")
    yield site
    site.stop()


@pytest.fixture
def elsewhere(page):
    """The addresses that the page asked third parties for; their answers are empty pages."""
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(body="<!DOCTYPE html><title>Player</title>", content_type="text/html")

    page.route(lambda url: "127.0.0.1" not in url, answer)
    return asked


def test_nothing_loads_before_the_click_and_the_player_after(newsroom, page, elsewhere):
    page.goto(f"{newsroom.url}/live/bridge/")
    film = page.locator("article", has_text="A film").last
    film.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert elsewhere == []
    assert page.locator("iframe").count() == 0

    with page.expect_request(lambda request: "127.0.0.1" not in request.url):
        film.get_by_role("link", name="Video on YouTube").click()

    player = film.locator("iframe")
    expect(player).to_have_attribute("title", "Video on YouTube")
    expect(player).to_be_focused()
    page.wait_for_timeout(300)
    assert elsewhere == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"]
    assert page.url == f"{newsroom.url}/live/bridge/"


def test_card_that_came_while_the_page_was_open_plays_too(newsroom, page, elsewhere):
    page.goto(f"{newsroom.url}/live/bridge/")
    newsroom.act('cast.publish(story, editor, "Later", body="<p>https://vimeo.com/76979871</p>")')
    later = page.locator("[data-feed] article", has_text="Later")
    page.get_by_role("button", name="1 new update").click(timeout=FOLLOW)

    with page.expect_request(lambda request: "127.0.0.1" not in request.url) as asked:
        later.get_by_role("link", name="Video on Vimeo").click()

    assert asked.value.url == "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1"
    later.locator("iframe").wait_for()


def test_without_scripts_a_card_is_a_link(newsroom, browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{newsroom.url}/live/bridge/")

    assert page.get_by_role("link", name="Video on YouTube").last.get_attribute("href") == VIDEO
    page.close()


def test_card_is_accessible(newsroom, page, assert_accessible):
    page.goto(f"{newsroom.url}/live/bridge/")

    assert_accessible(page, ".feed")
