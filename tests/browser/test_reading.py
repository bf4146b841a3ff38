"""What an open page tells one reader: times, absences, late updates; and its keys."""

import itertools
import os
import re
import signal
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.boxes import box_of
from tests.live.conftest import ACT
from tests.server import Site

from .soon import assert_soon_equal
from .tabs import HIDING, assert_like_fresh

FOLLOW = 8_000
LONG = "body='<p>' + 'Many more words. ' * 60"
MOMENTS = """
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from django.utils import timezone
"""
SPREAD = f"""
for n in range(6):
    at = timezone.now() - timedelta(hours=10 - n)
    cast.publish(story, editor, f"Word {{n}}.", {LONG}, published_at=at)
"""


# axe takes a link that is half under a sticky bar for a small one: scroll on past it.
UNCOVER = """() => {
  const isBar = (each) => getComputedStyle(each).position === "sticky";
  const bars = [...document.querySelectorAll("live-story *")].filter(isBar);
  const links = [...document.querySelectorAll("live-story a")].filter((a) => !a.closest(".bar"));
  const touch = (a, b) =>
    a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right;
  const box = (each) => each.getBoundingClientRect();
  for (let tries = 0; tries < 100; tries += 1) {
    if (!bars.some((bar) => links.some((link) => touch(box(bar), box(link))))) return;
    scrollBy({ top: 8, behavior: "instant" });
  }
}"""

# Comes back to the page, which asks at once: an answer of a moment ago may be cached for 5 s.
COME_BACK = """() => {
  hide(false);
  return document.querySelector("live-story").dataset.status === "live";
}"""

_count = itertools.count(1)


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    site.prepare(demo=False)
    site.start()
    site.shell("cast.make_editor(); cast.make_chief()")
    yield site
    site.stop()


@pytest.fixture
def newsroom(shared_site):
    """A story of the test's own: `act` runs Python with it at hand."""
    shared_site.slug = slug = f"story-{next(_count)}"
    begin = f"editor = cast.User.objects.get(username='edith')\nslug = {slug!r}\n"
    make = "story = cast.make_live_story(editor, 'Bridge', slug=slug)\n"
    shared_site.act = lambda code: shared_site.shell(ACT.format(slug=slug) + MOMENTS + code)
    shared_site.shell(begin + make + "from liveblog import publishing\n" + MOMENTS + SPREAD)
    return shared_site


@pytest.fixture
def open_page(newsroom, browser):
    """Open the story as a reader somewhere in the world, whose clock may be wrong."""
    contexts = []

    def open_page(query="", *, scroll=0, clock=0, is_clock_ours=False, **options):
        options = {"viewport": {"width": 1280, "height": 800}, **options}
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.add_init_script(HIDING)
        if is_clock_ours:
            page.clock.install()
        if clock:
            page.add_init_script(f"const now = Date.now; Date.now = () => now() + {clock};")
        page.goto(f"{newsroom.url}/live/{newsroom.slug}/{query}")
        if options.get("java_script_enabled", True):
            connected = page.locator("live-story[data-connection=live]")
            connected.wait_for(state="attached", timeout=FOLLOW)
            page.evaluate(f"scrollTo({{ top: {scroll}, behavior: 'instant' }})")
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_times_are_the_readers_and_the_storys_on_hover(newsroom, open_page):
    newsroom.act("""
there = replace(publishing.StoryContent.of(story), timezone="Europe/Madrid")
publishing.edit_story(story, there, by=editor)
for minute in (30, 90, 150):  # around the hour that comes twice: 00:30, 01:30, 02:30 UTC
    at = datetime(2024, 10, 27, minute // 60, minute % 60, tzinfo=UTC)
    cast.publish(story, editor, f"Night {minute}.", published_at=at)
""")

    page = open_page(timezone_id="America/New_York")

    night = page.locator("[data-feed] article", has_text=re.compile("Night 90"))
    assert night.locator("time").first.inner_text() == "21:30"
    assert night.locator("time").first.get_attribute("title") == "27 Oct 2024, 02:30 Madrid"
    assert night.locator("time").first.get_attribute("datetime") == "2024-10-27T01:30:00Z"
    days = page.locator("[data-feed] .day").all_inner_texts()
    assert days[-1].replace(",", "") == "Saturday 26 October 2024"  # as its release of ICU says
    clocks = page.locator("[data-feed] article time:first-child").all_inner_texts()[-3:]
    assert clocks == ["22:30", "21:30", "20:30"]
    assert page.locator("[data-zone]").inner_text() == "Your time: New York"
    assert (
        open_page(timezone_id="Europe/Madrid").locator("[data-zone]").inner_text()
        == "Times: Madrid"
    )
    assert_like_fresh(open_page())


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_wrong_clock_does_not_matter(newsroom, open_page, hours):
    newsroom.act("cast.publish(story, editor, published_at=timezone.now() - timedelta(minutes=12))")

    page = open_page(clock=hours * 3_600_000)

    newest = page.locator("[data-feed] article").first.locator("time").first
    expect(newest).to_have_attribute("data-ago", "12 min ago", timeout=FOLLOW)
    expect(page.locator("[data-feed] [data-ago]")).to_have_count(1)
    expect(page.locator(".status[data-status=live]")).to_have_count(1)


def test_who_was_away_is_told_what_they_missed(newsroom, open_page):
    page = open_page(scroll=600)
    page.evaluate("hide(true)")
    newsroom.act(
        "for n in range(4): cast.publish(story, editor, f'Missed {n}.', is_key_event=n == 2, "
        + f"{LONG})"
    )
    page.evaluate("{ const now = Date.now; Date.now = () => now() + 120_000; hide(false) }")

    notice = page.get_by_role("button", name="You were away: 4 updates, 1 key event")
    notice.wait_for(timeout=FOLLOW)
    notice.click()

    first = page.locator("[data-feed] article", has_text="Missed 0")
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    assert_like_fresh(page)


def test_a_late_update_is_announced_with_its_time(newsroom, open_page):
    at = "at = timezone.now() - timedelta(hours=9, minutes=30)\n"
    page = open_page(scroll=100)
    newsroom.act(at + "cast.publish(story, editor, 'Late.', published_at=at)")
    notice = page.get_by_role(
        "button", name=re.compile(r"^1 new update · added at (.*, )?\d\d:\d\d")
    )
    notice.wait_for(timeout=FOLLOW)  # it stands below the screen already
    expect(page.locator("[data-feed] article", has_text="Late.")).to_have_count(1)

    newsroom.act("cast.publish(story, editor, 'On top.')")
    both = page.get_by_role("button", name=re.compile(r"^2 new updates · added at "))
    both.wait_for(timeout=FOLLOW)
    both.click()
    expect(page.locator("[data-feed] article", has_text="On top.")).to_be_focused()
    notice.click()

    expect(page.locator("[data-feed] article", has_text="Late.")).to_be_focused()
    expect(page.locator("[data-news]")).to_be_hidden()
    assert_like_fresh(page)


def test_the_first_update_makes_a_page_like_any_other(newsroom, open_page):
    newsroom.slug = "coming"
    newsroom.act("cast.make_live_story(editor, 'Coming', slug='coming')")
    page = open_page()
    assert page.get_by_text("Updates will appear here.").is_visible()

    newsroom.shell(ACT.format(slug="coming") + "cast.publish(story, editor, 'First.')")

    page.locator("[data-feed] article", has_text="First.").wait_for(timeout=FOLLOW)
    expect(page.get_by_text("Oldest first")).to_be_visible()
    assert_like_fresh(page)


def test_nothing_of_a_withdrawn_story_stays(newsroom, open_page):
    page = open_page()
    page.evaluate("sessionStorage.setItem('liveblog:reloaded', Date.now())")

    newsroom.act("publishing.withdraw_story(story, by=chief)")

    page.get_by_text("This live blog was withdrawn.").wait_for(timeout=5_000)
    assert "Word 3" not in page.content()


def test_an_ended_story_is_asked_and_a_reopened_one_heard_again(newsroom, open_page):
    page = open_page()
    newsroom.act("publishing.end_story(story, by=editor)")
    expect(page.locator("live-story")).to_have_attribute("data-status", "ended", timeout=FOLLOW)
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()
    expect(page.locator("[data-connection]").last).to_have_text("")

    newsroom.act("publishing.open_story(story, by=editor)")
    page.wait_for_function(COME_BACK, polling=500)

    newsroom.act("publishing.retract(story.updates.newest_first()[0], by=editor, note='Wrong.')")
    expect(page.locator("[data-feed] article")).to_have_count(5, timeout=FOLLOW)


def test_page_keys_go_through_the_feed(open_page):
    page = open_page()
    articles = page.locator("[data-feed] article")
    with page.expect_event("requestfinished", lambda one: "feed-keys" in one.url) as asked:
        articles.nth(0).get_by_role("link").first.focus()
    page.evaluate("(keys) => import(keys)", asked.value.url)  # after the page's own import of it

    page.keyboard.press("PageDown")
    expect(articles.nth(1)).to_be_focused()
    assert box_of(articles.nth(1))["y"] >= 0
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    expect(articles.nth(1)).to_be_focused()
    page.keyboard.press("Control+Home")
    feed = "document.querySelector('[data-feed]')"
    page.wait_for_function(f"() => {feed}.compareDocumentPosition(document.activeElement) === 2")
    articles.nth(2).focus()
    page.keyboard.press("Control+End")
    page.wait_for_function("() => !document.activeElement.closest('[data-feed]')")
    expect(articles.nth(0)).to_have_attribute("aria-posinset", "1")
    expect(articles.nth(0)).to_have_attribute("aria-setsize", "6")


def test_an_edit_leaves_the_focus_where_it_was(newsroom, open_page):
    page = open_page()
    article = page.locator("[data-feed] article", has_text="Word 3")
    article.get_by_role("link", name="Share").focus()

    newsroom.act("""
edited = story.updates.get(headline="Word 3")
publishing.edit(edited, cast.content("Word 3, edited.", body=edited.body), by=editor, kind="typo")
""")

    edited = page.locator("[data-feed] article", has_text="Word 3, edited")
    edited.wait_for(timeout=FOLLOW)
    expect(edited.get_by_role("link", name="Share")).to_be_focused()


def test_blocked_streams_are_asked_for(newsroom, open_page):
    page = open_page(scroll=600)
    page.context.route("**/stream*", lambda route: route.abort())
    page.evaluate("hide(true)")
    newsroom.act("cast.publish(story, editor, 'By asking.')")

    page.evaluate("hide(false)")

    page.get_by_role("button", name="1 new update").click(timeout=5_000)
    assert_like_fresh(page)


def test_a_half_open_line_is_told_within_two_beats_and_heals_spread(newsroom, open_page):
    """The server says nothing any more, and its sockets stay open."""
    page = open_page(is_clock_ours=True)
    page.evaluate("Math.random = () => 0.999")
    asked = []
    page.on("request", lambda request: "/stream" in request.url and asked.append(request.url))
    with paused(newsroom.process):
        page.clock.pause_at(datetime.fromtimestamp(page.evaluate("Date.now() / 1000") + 31, UTC))
        expect(page.locator("live-story")).to_have_attribute("data-connection", "lost")

    page.clock.fast_forward(4_000)
    page.evaluate("fetch('/robots.txt').then((answer) => answer.text())")
    assert asked == []
    page.clock.fast_forward(1_000)
    expect(page.locator("live-story")).to_have_attribute("data-connection", "live")
    assert len(asked) == 1


@contextmanager
def paused(process):
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def test_scripts_off_everything_is_there(newsroom, open_page):
    page = open_page(java_script_enabled=False)

    assert page.locator("[data-feed] article").count() == 6
    assert page.locator("[data-pause]:visible, [data-news]:visible").count() == 0
    page.get_by_role("link", name="Oldest first").click()
    assert "Word 0" in page.locator("[data-feed] article").first.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_accessible_after_live_updates(newsroom, open_page, assert_accessible, scheme, width):
    options = {"color_scheme": scheme, "reduced_motion": "reduce"}  # no scrolling under axe's eyes
    page = open_page(**options, viewport={"width": width, "height": 800}, scroll=900)
    newsroom.act("""
cast.publish(story, editor, "Fresh.", is_key_event=True, verification="unconfirmed")
wrong = story.updates.oldest_first()[2]
publishing.correct(wrong, cast.content("Word 2!"), by=editor, note="It was not.")
""")
    page.get_by_role("button", name="1 new update").wait_for(timeout=FOLLOW)
    page.evaluate(UNCOVER)
    assert_accessible(page)
    page.get_by_role("button", name="1 new update").click()
    page.evaluate(UNCOVER)
    assert_accessible(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_events_say_what_is_new_and_what_is_shown(newsroom, open_page):
    page = open_page(scroll=600)
    page.evaluate("""() => {
      window.heard = [];
      for (const name of ["liveblog:new", "liveblog:shown"])
        document.addEventListener(name, ({ detail }) => heard.push([name, detail.id]));
    }""")
    made = newsroom.act("print(cast.publish(story, editor, 'Told.').pk)").strip()
    page.get_by_role("button", name="1 new update").click(timeout=FOLLOW)

    expected = [["liveblog:new", made], ["liveblog:shown", made]]
    assert_soon_equal(lambda: page.evaluate("heard"), lambda: expected)


def test_a_key_event_of_another_page_leads_to_its_own(newsroom, open_page):
    newsroom.act("""
cast.publish(story, editor, "Where it began", is_key_event=True,
             published_at=timezone.now() - timedelta(hours=11))
for n in range(40):
    cast.publish(story, editor, f"Much later {n}.", is_key_event=n == 0)
""")
    page = open_page()

    page.locator("[data-part=key-events]").get_by_text("Where it began").click()

    page.wait_for_url("**/updates/*/", timeout=FOLLOW)
    expect(page.locator("article").get_by_text("Where it began").first).to_be_visible()
    page.go_back()
    page.locator("live-story").wait_for()


def test_key_event_that_is_read_is_marked_in_their_list(newsroom, open_page):
    newsroom.act(f"""
for n in (1, 2):
    at = timezone.now() - timedelta(hours=n)
    cast.publish(story, editor, f"Event {{n}}.", {LONG}, is_key_event=True, published_at=at)
""")
    page = open_page()

    page.locator("[data-feed] article", has_text="Event 2").evaluate(
        "each => each.scrollIntoView({ behavior: 'instant' })"
    )

    expect(page.locator(".rail li[style*='--here: 1']")).to_contain_text("Event 2")
