"""Every open page hears of what changed, and nothing that the reader holds is taken from them."""

import itertools
import json
import re
import time

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.boxes import box_of
from tests.live.conftest import ACT
from tests.server import Site

from .soon import assert_soon_equal
from .tabs import HIDING

FOLLOW = 12_000  # milliseconds: 5 s by the contract, up to 4 s of spreading, a loaded machine
VIDEO = "https://youtu.be/dQw4w9WgXcQ"
FILL = """
from liveblog.publishing import Citation
from liveblog.models import Source
wire, _ = Source.objects.update_or_create(
    slug="north-wire", defaults={"name": "North Wire", "kind": "agency"})
for n in range(6):
    body = "<p>Harbour. " + "Many more words. " * 60 + "</p>"
    cast.publish(story, editor, f"Word {n}", body=body, sources=(Citation(wire),))
"""
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
    shared_site.slug = slug = f"follow-{next(_count)}"
    begin = "editor = cast.User.objects.get(username='edith')\n"
    shared_site.act = lambda code: shared_site.shell(ACT.format(slug=slug) + code)
    shared_site.shell(begin + f"cast.make_live_story(editor, 'Bridge', slug={slug!r})")
    shared_site.act(FILL)
    shared_site.address = f"{shared_site.url}/live/{slug}/"
    return shared_site


@pytest.fixture
def open_page(newsroom, page):
    page.add_init_script(HIDING)
    page.set_viewport_size({"width": 1280, "height": 800})

    def open_page(query=""):
        page.goto(newsroom.address + query)
        page.locator("live-story[data-connection=live]").wait_for(state="attached")
        page.evaluate("window.isTheSame = true")
        return page

    return open_page


def id_of(newsroom, headline):
    return newsroom.act(f"print(story.updates.get(headline={headline!r}).pk)").strip()


def test_an_update_page_is_corrected_counted_on_and_emptied(newsroom, page):
    page.goto(f"{newsroom.address}updates/{id_of(newsroom, 'Word 3')}/")
    expect(page.get_by_role("link", name="2 newer updates")).to_be_visible()
    expect(page.get_by_role("heading", name="Word 4")).to_be_visible()
    page.evaluate("window.isTheSame = true")

    newsroom.act("""
update = story.updates.get(headline="Word 3")
publishing.correct(update, cast.content("Word 3, put right"), by=editor, note="It was wrong.")
cast.publish(story, editor, "One more")
""")
    page.get_by_text("Word 3, put right").first.wait_for(timeout=FOLLOW)
    page.get_by_role("link", name="3 newer updates").wait_for(timeout=FOLLOW)

    newsroom.act("""
update = story.updates.get(headline="Word 3, put right")
publishing.retract(update, by=editor, note="Gone.")
""")
    page.get_by_text("This update was withdrawn.").wait_for(timeout=FOLLOW)
    assert not any(words in page.content() for words in ("put right", "Word 3"))
    assert page.evaluate("window.isTheSame")


def test_a_search_page_drops_what_was_withdrawn(newsroom, page):
    page.goto(f"{newsroom.address}search?q=Harbour")
    expect(page.locator(".result")).to_have_count(6)
    page.get_by_role("searchbox").fill("half a wo")

    newsroom.act("publishing.retract(story.updates.get(headline='Word 2'), by=editor, note='x')")

    expect(page.get_by_text("Word 2")).to_have_count(0, timeout=FOLLOW)
    assert page.get_by_role("searchbox").input_value() == "half a wo"


def wait_until_gone(address):
    until = time.monotonic() + FOLLOW / 1000
    while httpx.get(address).status_code == 200:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_list_that_holds_nothing_any_more_is_emptied(newsroom, page):
    """Its page is a 404 then: the name is unknown to readers."""
    newsroom.act("""
from liveblog.publishing import Citation
lone = cast.make_source("Lone Wire")
cast.publish(story, editor, "Words of one alone", sources=(Citation(lone),))
""")
    page.add_init_script(HIDING)
    address = f"{newsroom.url}/sources/lone-wire/"
    page.goto(address)
    expect(page.get_by_text("Words of one alone")).to_be_visible()

    newsroom.act("""
last = story.updates.get(headline="Words of one alone")
publishing.retract(last, by=editor, note="Gone.")
""")
    wait_until_gone(address)
    page.evaluate("hide(true)")
    page.evaluate("hide(false)")

    expect(page.get_by_text("There is nothing at this address")).to_be_visible(timeout=FOLLOW)
    assert "Words of one alone" not in page.content()


def test_what_was_not_answered_is_asked_for_again(newsroom, page):
    address = f"{newsroom.address}updates/{id_of(newsroom, 'Word 3')}/"
    page.clock.install()
    page.goto(address)
    page.route(address, lambda route: route.fulfill(status=503))

    is_asked = lambda answer: answer.url == address and answer.status == 503  # noqa: E731
    with page.expect_response(is_asked, timeout=FOLLOW):
        newsroom.act("cast.publish(story, editor, 'One more')")
    page.unroute(address)
    page.clock.run_for(20_000)

    page.get_by_role("link", name="3 newer updates").wait_for(timeout=FOLLOW)


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_clock_that_jumps_is_put_right_by_the_next_beat(newsroom, page, hours):
    newsroom.act("""
from datetime import timedelta
from django.utils import timezone
cast.publish(story, editor, "At first", published_at=timezone.now() - timedelta(minutes=12))
""")
    page.add_init_script("window.jump = 0; const now = Date.now; Date.now = () => now() + jump;")
    page.goto(newsroom.address)
    first = page.locator("[data-feed] article", has_text="At first").locator("time").first
    expect(first).to_have_attribute("data-ago", "12 min ago", timeout=FOLLOW)
    ages = [each.get_attribute("data-ago") for each in page.locator("[data-ago]").all()]
    page.route("**/changes/**", lambda route: route.abort())  # no other answer tells the time

    page.evaluate(f"jump = {hours * 3_600_000}; document.querySelector('live-story').tick()")
    expect(first).not_to_have_attribute("data-ago", "12 min ago")
    page.evaluate("dispatchEvent(new Event('online'))")  # a new stream begins with a beat

    expect(first).to_have_attribute("data-ago", "12 min ago", timeout=FOLLOW)
    assert [each.get_attribute("data-ago") for each in page.locator("[data-ago]").all()] == ages
    newsroom.act("cast.publish(story, editor, 'After the jump')")
    expect(page.get_by_role("button", name="1 new update", exact=True)).to_be_visible()


def test_a_renamed_source_reaches_a_paused_page_with_typed_words(newsroom, open_page):
    page = open_page()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("searchbox").fill("half a wo")

    newsroom.act(
        "from liveblog.models import Source\n"
        "publishing.rename_source(Source.objects.get(name='North Wire'), by=chief,"
        " name='North Wire Service')"
    )

    expect(page.get_by_text("North Wire Service").first).to_be_attached(timeout=FOLLOW)
    assert page.evaluate("window.isTheSame")
    assert page.get_by_role("searchbox").input_value() == "half a wo"
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    newsroom.act("cast.publish(story, editor, 'While paused')")
    expect(page.get_by_role("button", name="1 new update")).to_be_visible(timeout=FOLLOW)


def test_a_film_plays_on_through_an_edit(newsroom, open_page):
    newsroom.act(f'cast.publish(story, editor, "A film", body="<p>Words.</p><p>{VIDEO}</p>")')
    page = open_page()
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.fulfill(body="Player"))
    film = page.locator("[data-feed] article", has_text="A film")
    film.get_by_role("link", name="Video on YouTube").click()
    film.locator("iframe").evaluate("frame => { frame.isTheSame = true; }")

    newsroom.act(f"""
film = story.updates.get(headline="A film")
content = cast.content("A film", body="<p>Other words.</p><p>{VIDEO}</p>")
publishing.correct(film, content, by=editor, note="Put right.")
""")

    film.get_by_text("Other words.").wait_for(timeout=FOLLOW)
    expect(film.get_by_text("Put right.")).to_be_visible()
    assert film.locator("iframe").evaluate("frame => frame.isTheSame")


def test_an_update_out_of_sight_is_counted_until_it_is_seen(newsroom, open_page):
    page = open_page("?order=oldest")

    newsroom.act("cast.publish(story, editor, 'At the end')")

    notice = page.get_by_role("button", name="1 new update")
    notice.wait_for(timeout=FOLLOW)
    expect(page.locator("[role=status]", has=notice)).to_have_count(1)
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    notice.click()
    expect(page.locator("[data-feed] article", has_text="At the end")).to_be_in_viewport()
    expect(page.locator("[data-news]")).to_be_hidden()
    expect(page).not_to_have_title(re.compile(r"^\("))


def test_place_and_unread_outlive_a_reload(newsroom, open_page):
    page = open_page()
    middle = page.locator("[data-feed] article", has_text="Word 2")
    middle.evaluate("each => each.scrollIntoView({ behavior: 'instant' })")
    newsroom.act("cast.publish(story, editor, 'On top', body='<p>' + 'Long. ' * 400)")
    page.get_by_role("button", name="1 new update").wait_for(timeout=FOLLOW)
    top = box_of(middle)["y"]

    page.reload()

    page.get_by_role("button", name="1 new update").wait_for(timeout=FOLLOW)
    expect(page.locator("[data-feed] article.is-new", has_text="On top")).to_have_count(1)
    assert_soon_equal(lambda: abs(box_of(middle)["y"] - top) < 2, lambda: True)


def test_place_above_the_updates_outlives_a_reload(newsroom, page):
    newsroom.act("""
from dataclasses import replace
long = "<p>" + "What led to this. " * 900 + "</p>"
publishing.edit_story(
    story, replace(publishing.StoryContent.of(story), introduction=long), by=editor
)
story.refresh_from_db()
publishing.end_story(story, by=editor)
""")
    page.goto(newsroom.address)
    page.evaluate("scrollTo({ top: 700, behavior: 'instant' })")
    assert box_of(page.locator("[data-feed] article").first)["y"] > 900

    page.reload()

    page.wait_for_function("scrollY === 700")


def test_an_update_page_tells_that_its_story_is_quiet(newsroom, page):
    def make_old(route):
        html = route.fetch().text()
        html = re.sub(r'data-quiet-at="[^"]+"', 'data-quiet-at="2024-10-25T08:45:00Z"', html)
        route.fulfill(body=html, content_type="text/html")

    address = f"{newsroom.address}updates/{id_of(newsroom, 'Word 3')}/"
    page.route(address, make_old)

    page.goto(address)

    page.get_by_text("Last update").wait_for(timeout=FOLLOW)
    expect(page.locator(".live")).to_have_count(0)


def test_a_hidden_tab_tells_of_news_in_its_title_and_icon(newsroom, open_page):
    page = open_page()
    page.clock.install()
    page.evaluate("hide(true)")
    newsroom.act("cast.publish(story, editor, 'While hidden')")

    page.clock.run_for(61_000)

    expect(page).to_have_title(re.compile(r"^\(1\) "), timeout=FOLLOW)
    icon = page.locator("link[rel=icon]")
    expect(icon).to_have_attribute("href", re.compile("icon-news"))


@pytest.mark.parametrize("release", ["another", None])
def test_a_new_release_is_offered_and_beats_set_the_clock(newsroom, page, release):
    """Served by hand: the stream of another release, whose clock is three hours ahead."""
    page.goto(newsroom.address)
    known = page.evaluate("document.documentElement.dataset.release")
    cursor = page.locator("live-story").get_attribute("data-cursor")
    ahead = page.evaluate("new Date(Date.now() + 3 * 3600e3).toISOString()")
    beat = {"cursor": cursor, "time": ahead, "release": release or known}
    body = f"event: beat\ndata: {json.dumps(beat)}\n\n"
    page.route(
        "**/stream?*", lambda route: route.fulfill(body=body, content_type="text/event-stream")
    )

    page.reload()

    expect(page.get_by_role("button", name="Load it again")).to_be_visible(visible=bool(release))
    late = "Math.round(document.querySelector('live-story').words.late / 3600e3)"
    page.wait_for_function(f"{late} === 3")


def test_a_beat_alone_makes_a_page_ask_for_what_it_names(newsroom, page):
    """Served by hand: a stream that has nothing but beats."""
    known, asked = {"cursor": newsroom.act("print(story.cursor)").strip()}, []

    def answer(route):
        body = f"event: beat\ndata: {json.dumps(known)}\n\n"
        route.fulfill(body=body, content_type="text/event-stream")

    page.route("**/stream?*", answer)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(newsroom.address)

    newsroom.act("cast.publish(story, editor, 'Only a beat tells')")
    known["cursor"] = newsroom.act("print(story.cursor)").strip()

    expect(page).to_have_title(re.compile(r"^\(1\) "), timeout=2 * FOLLOW)
    assert any(re.search(rf"/changes/[\w-]+/{known['cursor']}$", url) for url in asked)
