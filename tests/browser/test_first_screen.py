"""What a reader sees of a live story before they scroll, and that nothing of it shifts."""

import pytest
from playwright.sync_api import expect

from tests.browser.boxes import box_of
from tests.live.conftest import ACT
from tests.server import Site

from .soon import assert_soon_equal
from .tabs import SHIFTS

SCREENS = [(1280, 800), (390, 844)]
SHORT = "Storm reaches the coast"
LONG = (
    "Storm Ilse reaches the coast as three harbours close, forty thousand homes lose their power "
    "and the railway stops all trains north of Port Aldmere until at least noon"
)
SUMMARY = (
    "<ul>" + "<li>Three harbours are closed: Port Aldmere, Harrow and Brennan.</li>" * 4 + "</ul>"
)
STORY = """
from dataclasses import replace
story = cast.make_live_story(
    editor, {headline!r}, slug={slug!r}, kicker="Weather", summary={summary!r},
    standfirst="Gusts of 140 km/h are expected by nightfall; 40,000 homes are without power",
    introduction="<p>" + "What led to this was told before. " * 20 + "</p><p>More of it.</p>",
)
pinned = cast.publish(
    story, editor, "What to do on the coast", body="<p>" + "Stay in. " * 80,
    verification="unconfirmed",
)
if {is_pinned}:
    publishing.pin(pinned, by=editor)
cast.publish(story, editor, "The newest of all", body="<p>Its first lines. " + "Words. " * 90)
"""
OF_LITTLE = """
for name, introduction in (("brief", "<p>What led to this was told before.</p>"), ("bare", "")):
    story = cast.make_live_story(
        editor, "A story of little", slug=name, summary="<p>Little.</p>", introduction=introduction
    )
    cast.publish(story, editor, "The newest of all")
"""
CASES = [
    (
        f"{'long' if headline is LONG else 'short'}-{bool(summary):d}-{is_pinned:d}",
        headline,
        summary,
        is_pinned,
    )
    for headline in (SHORT, LONG)
    for summary in ("", SUMMARY)
    for is_pinned in (False, True)
]


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("first"))
    site.prepare(demo=False)
    site.start()
    site.shell(
        "cast.make_editor(); cast.make_chief(); cast.make_live_story("
        "cast.User.objects.get(username='edith'), 'Bridge', slug='bridge')"
    )
    for slug, headline, summary, is_pinned in CASES:
        fields = {"slug": slug, "headline": headline, "summary": summary, "is_pinned": is_pinned}
        site.shell(ACT.format(slug="bridge") + STORY.format(**fields))
    site.shell(ACT.format(slug="bridge") + OF_LITTLE)
    yield site
    site.stop()


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_newest_headline_is_on_the_first_screen(shared_site, page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    ends = {}

    for slug, *_ in CASES:
        page.add_init_script(SHIFTS)
        page.goto(f"{shared_site.url}/live/{slug}/")
        page.locator("live-story[data-connection=live]").wait_for(state="attached")
        newest = box_of(page.locator("[data-feed] h3", has_text="The newest of all"))
        ends[slug] = newest["y"] + newest["height"]
        assert page.evaluate("window.shifts") == [], slug
        if page.locator(".pinned").count():
            expect(page.locator(".pinned").get_by_text("Unconfirmed")).to_be_visible()

    assert {slug: end for slug, end in ends.items() if end > height} == {}


WHOLE = """() => {
  const shows = (words) => document.querySelector(words)?.checkVisibility() ?? false;
  const line = getComputedStyle(document.querySelector(".feed > .update"), "::before").content;
  return {
    background: shows(".background > p"),
    pinned: document.querySelector(".pinned .prose").getBoundingClientRect().height > 100,
    drawn: line !== "none" && line !== "normal",
  };
}"""


@pytest.mark.parametrize("width", [718, 1280])
@pytest.mark.parametrize("slug", ["long-1-1", "short-0-1"])
def test_paper_and_reading_view_have_the_whole_story(shared_site, page, width, slug):
    whole = {"background": True, "pinned": True, "drawn": False}
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(f"{shared_site.url}/live/{slug}/")
    folded = {"background": False, "pinned": False, "drawn": width > 768}
    assert_soon_equal(lambda: page.evaluate(WHOLE), lambda: folded)

    page.emulate_media(media="print")
    assert_soon_equal(lambda: page.evaluate(WHOLE), lambda: whole)

    page.emulate_media(media="screen")
    page.goto(f"{shared_site.url}/live/{slug}/#reading")
    assert_soon_equal(lambda: page.evaluate(WHOLE), lambda: whole)


@pytest.mark.parametrize("slug", ["long-1-1", "short-1-1"])
def test_letters_twice_as_large_are_cut_nowhere(shared_site, page, slug):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{shared_site.url}/live/{slug}/")
    page.locator("live-story[data-connection=live]").wait_for(state="attached")

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert box_of(page.locator(".pinned h3"))["width"] > 200
    for words in (".summary-head .note > time", ".bar .status > time", ".bar .pause"):
        box = box_of(page.locator(words))
        assert box["x"] >= 0, words
        assert box["x"] + box["width"] <= 390, words


def test_age_of_what_is_known_is_read_whole_in_the_narrow_column(shared_site, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{shared_site.url}/live/long-1-1/")

    ends = page.locator(".summary .note > time[data-ago]").evaluate(
        "time => [time.getBoundingClientRect().right, "
        "time.closest('.summary').getBoundingClientRect().right]"
    )

    assert ends[0] <= ends[1]


@pytest.mark.parametrize("slug", ["brief", "short-0-0"])
def test_introduction_is_a_touch_away_on_a_phone(shared_site, page, slug):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{shared_site.url}/live/{slug}/")
    expect(page.locator(".lede")).to_be_hidden()

    page.get_by_role("link", name="Read the background").click()

    expect(page.locator(".lede")).to_be_visible()
    expect(page.locator(".header-actions [data-share]")).to_be_visible()


def test_introduction_of_one_paragraph_needs_no_touch_on_a_desktop(shared_site, page):
    page.goto(f"{shared_site.url}/live/brief/")

    expect(page.get_by_text("What led to this was told before.")).to_be_visible()
    expect(page.get_by_role("link", name="Read the background")).to_be_hidden()


def test_story_without_introduction_can_be_shared_from_a_phone(shared_site, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{shared_site.url}/live/bare/")

    expect(page.locator(".header-actions [data-share]")).to_be_visible()
    expect(page.get_by_role("link", name="Reading view", exact=True)).to_be_visible()


def test_words_hidden_beside_a_pin_are_a_touch_away(shared_site, page):
    page.goto(f"{shared_site.url}/live/short-0-1/")

    page.get_by_role("link", name="Read the background").click()

    expect(page.locator(".lede")).to_be_visible()
    expect(page.locator(".background > p")).to_be_visible()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_button_of_news_stands_in_the_middle_of_a_wide_bar(shared_site, page, direction):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{shared_site.url}/live/brief/")
    page.locator("live-story[data-connection=live]").wait_for(state="attached")

    box = page.locator("[data-news]").evaluate(
        "(button, direction) => { document.documentElement.dir = direction; "
        "Object.assign(button, { hidden: false, textContent: '3 new updates' }); "
        "return button.getBoundingClientRect().toJSON(); }",
        direction,
    )

    assert abs((box["left"] + box["right"]) / 2 - 640) < 10
