"""An open page follows its story, and moves nothing that the reader reads."""

import re

import pytest
from playwright.sync_api import expect

from tests.live.conftest import ACT, SETUP

from .soon import assert_soon_equal
from .tabs import SHIFTS

FOLLOW = 8_000  # milliseconds: by the contract 5 s at most, and a loaded machine's patience


@pytest.fixture
def newsroom(make_site):
    site = make_site()
    site.shell(SETUP)
    site.act = lambda code: site.shell(ACT.format(slug="bridge") + code)
    site.act(
        "for n in range(6): cast.publish(story, editor, f'Word {n}.',"
        " body='<p>' + 'Many more words. ' * 60)"
    )
    return site


@pytest.fixture
def open_page(newsroom, page):
    """Open the story, and count how far the browser saw things shift."""

    def open_page(query="", *, scroll=0):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{newsroom.url}/live/bridge/{query}")
        page.evaluate(f"scrollTo(0, {scroll})")
        page.wait_for_timeout(300)
        page.evaluate(SHIFTS)
        return page

    return open_page


def articles(page):
    return page.locator("[data-feed] article").evaluate_all(
        "all => all.map(each => [each.dataset.id, each.innerText])"
    )


def fresh(context, url):
    """What a page just loaded shows, to a reader whose browser has not kept it."""
    other = context.browser.new_context(viewport={"width": 1280, "height": 800})
    page = other.new_page()
    page.goto(url)
    shown = articles(page)
    other.close()
    return shown


def test_new_updates_wait_and_the_rest_shows_at_once(newsroom, open_page, context):
    page = open_page(scroll=900)
    newsroom.act("""
first = story.updates.oldest_first().first()
cast.publish(story, editor, "Brand new words.")
publishing.correct(first, cast.content("Corrected words."), by=editor, note="It was wrong.")
publishing.retract(story.updates.oldest_first()[1], by=editor, note="Gone.")
""")

    page.get_by_role("button", name="1 new update").wait_for(timeout=FOLLOW)
    page.get_by_text("Corrected words.").first.wait_for(state="attached", timeout=FOLLOW)
    assert "Brand new words." not in page.locator("[data-feed]").inner_text()
    retracted = page.locator("[data-feed]").get_by_text("Word 1", exact=True)
    expect(retracted).to_have_count(0, timeout=FOLLOW)
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    assert page.evaluate("window.shifts") == []

    page.get_by_role("button", name="1 new update").click()

    expect(page.locator("[data-feed] article").first).to_contain_text("Brand new words")
    expect(page).not_to_have_title(re.compile(r"^\("))
    assert_soon_equal(lambda: articles(page), lambda: fresh(context, page.url))


def test_what_waits_is_edited_and_retracted_too(newsroom, open_page):
    page = open_page(scroll=900)
    newsroom.act("cast.publish(story, editor, 'Stays.'); cast.publish(story, editor, 'Goes.')")
    page.get_by_role("button", name="2 new updates").wait_for(timeout=FOLLOW)

    newsroom.act("""
newest = list(story.updates.newest_first()[:2])
publishing.undo(newest[0], by=editor)
publishing.edit(newest[1], cast.content("Stays, edited."), by=editor, kind="typo")
""")
    page.get_by_role("button", name="1 new update").wait_for(timeout=FOLLOW)
    page.get_by_role("button", name="1 new update").click()

    feed = page.locator("[data-feed]")
    expect(feed).to_contain_text("Stays, edited.", timeout=FOLLOW)
    expect(feed).not_to_contain_text("Goes.")


def test_a_removal_at_the_top_leaves_no_hole_for_long(newsroom, open_page):
    page = open_page()
    newest = page.locator("[data-feed] article", has_text="Word 5")
    gap = page.locator("[data-feed] .gap")

    newsroom.act("publishing.retract(story.updates.newest_first().first(), by=editor, note='No.')")
    expect(newest).to_have_count(0, timeout=FOLLOW)
    expect(gap).to_have_count(1)
    assert page.evaluate("window.shifts") == []
    newsroom.act("cast.publish(story, editor, 'In its room.')")
    expect(page.locator("[data-feed]")).to_contain_text("In its room.", timeout=FOLLOW)
    expect(gap).to_have_count(0)

    newsroom.act("publishing.retract(story.updates.newest_first().first(), by=editor, note='No.')")
    expect(gap).to_have_count(1, timeout=FOLLOW)
    page.mouse.wheel(0, 10)
    expect(gap).to_have_count(0)


def test_pause_holds_everything_new_and_resume_shows_it(newsroom, open_page):
    page = open_page()
    page.get_by_role("button", name="Pause").click()
    newsroom.act("cast.publish(story, editor, 'While paused.', is_key_event=True)")
    expect(page).to_have_title(re.compile(r"^\(1\) "), timeout=FOLLOW)
    beside = page.locator("[data-part=key-events] li", has_text="While paused")
    beside.wait_for(state="attached", timeout=FOLLOW)
    expect(beside).to_be_hidden()
    assert page.get_by_text("While paused.").locator("visible=true").count() <= 1

    page.get_by_role("button", name="Resume").click()

    expect(beside).to_be_visible()
    expect(page.locator("[data-feed] article").first).to_contain_text("While paused.")


def test_the_list_of_moments_waits_as_a_whole(newsroom, open_page):
    page = open_page()
    page.get_by_role("button", name="Pause").click()
    newsroom.act("for n in (1, 2): cast.publish(story, editor, f'Key {n}.', is_key_event=True)")

    page.locator("[data-part=key-events] li", has_text="Key 2").wait_for(state="attached")
    expect(page.locator("#rail-title")).to_have_text("Key events")
    expect(page.locator("#rail-title")).to_be_hidden()

    page.get_by_role("button", name="Resume").click()

    expect(page.locator("#rail-title")).to_be_visible()


def test_one_press_brings_all_that_is_new(newsroom, open_page):
    page = open_page()
    page.set_viewport_size({"width": 1280, "height": 300})  # the list begins below the screen
    newsroom.act("for n in range(3): cast.publish(story, editor, f'News {n}.')")
    news = page.get_by_role("button", name="3 new updates")
    news.wait_for(timeout=FOLLOW)

    news.click()

    expect(page.locator("[data-feed] article", has_text="News 2.")).to_be_focused()
    expect(page.locator("[data-news]")).to_be_hidden()


def test_oldest_first_grows_at_its_end(newsroom, open_page, context):
    page = open_page("?order=oldest")

    newsroom.act("cast.publish(story, editor, 'At the end.')")

    page.locator("[data-feed] article", has_text="At the end.").wait_for(timeout=FOLLOW)
    assert_soon_equal(lambda: articles(page), lambda: fresh(context, page.url))
    assert page.evaluate("window.shifts") == []


def test_a_killed_server_is_told_and_caught_up(newsroom, open_page, context):
    page = open_page()
    newsroom.kill()
    page.get_by_text("Reconnecting since").wait_for(timeout=FOLLOW)
    newsroom.act("cast.publish(story, editor, 'While away.')")
    newsroom.start()

    came = page.locator("[data-feed] article", has_text="While away.")
    waits = page.get_by_role("button", name="1 new update")
    came.or_(waits).wait_for(timeout=20_000)
    if page.title().startswith("(1)"):
        page.get_by_role("button", name="1 new update").click()
    assert_soon_equal(lambda: articles(page), lambda: fresh(context, page.url))


def test_a_page_without_streams_asks(newsroom, open_page, page):
    page.add_init_script("window.EventSource = class { close() {} addEventListener() {} };")
    page.clock.install()
    page = open_page(scroll=900)
    newsroom.act("cast.publish(story, editor, 'By asking.')")

    for _minute in range(8):
        page.clock.fast_forward(31_000)
        page.wait_for_timeout(150)

    page.get_by_role("button", name="1 new update").wait_for(timeout=FOLLOW)
