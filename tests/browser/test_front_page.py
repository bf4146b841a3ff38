"""An open front page shows what a page just loaded does, without being loaded again."""

import pytest
from playwright.sync_api import expect

from tests.browser.boxes import box_of
from tests.live.conftest import ACT, SETUP

from .soon import assert_soon_equal

TIMES = ".entries time, .single .permalink time, .feed .permalink time"
FOLLOW = 10_000  # milliseconds, once the page asks


@pytest.fixture
def newsroom(make_site):
    site = make_site()
    site.shell(SETUP)
    site.act = lambda code: site.shell(ACT.format(slug="bridge") + code)
    site.act("for n in range(9): cast.publish(story, editor, f'Word {n}.')")
    return site


@pytest.fixture
def open_page(newsroom, page):
    page.goto(newsroom.url)
    expect(page.locator("[data-key] time[data-ago]")).to_have_count(1)
    page.evaluate("window.isTheSame = true")
    return page


def ask(page):
    """Let the page ask now, as it does when the network is back, instead of in 15 s."""
    page.evaluate("dispatchEvent(new Event('online'))")


def shown(page):
    """The front page without what its script adds."""
    return page.evaluate("""() => {
      const front = document.querySelector("live-front").cloneNode(true);
      for (const time of front.querySelectorAll("[data-ago]")) time.removeAttribute("data-ago");
      const zone = document.querySelector("footer [data-zone]").textContent;
      return (front.outerHTML + zone).replaceAll(/\\s+/g, " ").replaceAll("> <", "><");
    }""")


def fresh(page, url):
    other = page.context.browser.new_context()
    loaded = other.new_page()
    loaded.goto(url)
    rows = shown(loaded)
    other.close()
    return rows


def test_open_page_follows_without_being_loaded_again(newsroom, open_page):
    page = open_page
    leads, recent = page.locator("[data-cards=leads]"), page.locator("[data-cards=recent]")
    page.get_by_role("link", name="Bridge", exact=True).focus()

    newsroom.act("cast.publish(story, editor, 'The newest word.')")
    ask(page)
    expect(leads.get_by_text("The newest word")).to_be_visible(timeout=FOLLOW)
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "Bridge"

    newsroom.act("other = cast.make_live_story(editor, 'Tunnel'); cast.publish(other, editor)")
    ask(page)
    expect(leads.get_by_role("heading", level=2)).to_have_text(["Tunnel", "Bridge"], timeout=FOLLOW)
    assert_soon_equal(lambda: shown(page), lambda: fresh(page, newsroom.url))
    assert page.evaluate("document.activeElement.textContent") == "Bridge"

    newsroom.act("publishing.end_story(story, by=editor)")
    ask(page)
    expect(recent.get_by_role("heading")).to_have_text(["Bridge"], timeout=FOLLOW)
    assert_soon_equal(lambda: shown(page), lambda: fresh(page, newsroom.url))

    newsroom.act("publishing.withdraw_story(Story.objects.get(headline='Tunnel'), by=chief)")
    ask(page)
    expect(page.get_by_text("Tunnel")).to_have_count(0, timeout=FOLLOW)
    newsroom.act("publishing.withdraw_story(story, by=chief)")
    ask(page)
    expect(leads.get_by_text("Nothing is live right now.")).to_be_visible(timeout=FOLLOW)
    expect(page.get_by_text("Recent stories")).to_be_hidden()
    assert_soon_equal(lambda: shown(page), lambda: fresh(page, newsroom.url))
    assert page.evaluate("window.isTheSame")


def test_times_are_the_readers_on_every_page_that_leads_to_an_update(newsroom, browser):
    """The same update has the same time on the front, on its own page and in its story."""
    context = browser.new_context(timezone_id="Australia/Darwin")  # half an hour beside all others
    page = context.new_page()
    update = newsroom.act("print(story.updates.first().get_absolute_url())").strip()
    clocks = {}
    for address in ("/", update, "/live/bridge/"):
        page.goto(newsroom.url + address)
        expect(page.locator("[data-zone]")).to_have_text("Your time: Darwin")
        time = page.locator(f":is({TIMES})").first
        clocks[address] = time.get_attribute("datetime"), time.text_content()
    context.close()

    assert clocks["/"] == clocks["/live/bridge/"]
    assert minutes_of(*clocks[update]) == minutes_of(*clocks["/"]) == 30


def minutes_of(iso, clock):
    """By how many minutes a clock is past what its moment says in UTC."""
    return (int(clock[-2:]) - int(iso[14:16])) % 60


def test_page_asks_again_after_the_server_was_away(newsroom, open_page):
    page = open_page
    newsroom.stop()
    with page.expect_event("requestfailed"):
        ask(page)

    newsroom.start()
    newsroom.act("cast.publish(story, editor, 'After the fall.')")
    ask(page)

    expect(page.get_by_text("After the fall")).to_be_visible(timeout=FOLLOW)


HIDE = """(isHidden) => {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  dispatchEvent(new Event("online"));
}"""


def test_hidden_page_does_not_ask(newsroom, page):
    page.clock.install()
    page.goto(newsroom.url)
    page.evaluate(HIDE, True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.clock.fast_forward(300_000)
    page.evaluate("fetch('/robots.txt').then((answer) => answer.text())")
    assert asked == [f"{newsroom.url}/robots.txt"]

    page.evaluate(HIDE, False)
    with page.expect_request("**/front.json"):
        page.clock.fast_forward(2_000)


def test_reading_further_down_does_not_jump(newsroom, open_page):
    page = open_page
    page.set_viewport_size({"width": 390, "height": 300})
    for n in range(4):
        newsroom.act(f"cast.publish(cast.make_live_story(editor, 'Story {n}'), editor)")
    ask(page)
    read = page.get_by_role("heading", name="Bridge", exact=True)
    expect(page.locator("[data-cards=leads] > *")).to_have_count(5, timeout=FOLLOW)
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    read.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    before = box_of(read)["y"]

    newsroom.act("cast.publish(cast.make_live_story(editor, 'Above'), editor)")
    ask(page)
    expect(page.locator("[data-cards=leads] > *")).to_have_count(6, timeout=FOLLOW)

    assert_soon_equal(lambda: abs(box_of(read)["y"] - before) <= 1, lambda: True)
