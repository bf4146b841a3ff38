"""Ten tabs, a storm of changes and a server that dies in the middle: all end as a fresh page."""

import os
import re

import pytest

from tests import postgres
from tests.live.conftest import ACT, SETUP

from .tabs import HIDING, SHIFTS, assert_like_fresh

PATIENCE = 25_000  # milliseconds, for a line that comes back after an outage
SECRETS = ("Never to be seen", "Soon retracted", "Word 41")
LONG = "body='<p>' + 'Many more words. ' * 60, published_at=timezone.now() - timedelta(minutes={})"
FILL = f"""
from datetime import timedelta
from django.utils import timezone
for n in range(45): cast.publish(story, editor, f"Word {{n}}.", {LONG.format("100 - n")})
"""
AT = """
from dataclasses import replace
from datetime import timedelta
from django.utils import timezone
old = list(story.updates.oldest_first())
def at(index): return old[index].published_at + timedelta(seconds=30)
"""
BEFORE = """
edited = cast.content("Word 44, edited.", body=old[44].body)
publishing.edit(old[44], edited, by=editor, kind="information")
gone = cast.publish(story, editor, "Soon retracted.", is_key_event=True)
cast.publish(story, editor, "Breaking.", is_key_event=True)
publishing.pin(old[43], by=editor)
publishing.retract(gone, by=chief, without_trace=True)
cast.publish(story, editor, "Late word.", published_at=at(24))
publishing.retract(old[42], by=editor, note="Wrong.")
"""
MEANWHILE = """
gone = cast.publish(story, editor, "Never to be seen.")
publishing.retract(gone, by=chief, without_trace=True)
retracted = story.updates.get(headline="Word 42")
publishing.restore(retracted, by=editor)
publishing.unpin(story.updates.get(headline="Word 43"), by=editor)
corrected = cast.content("Word 22, corrected.", body=old[22].body)
publishing.correct(old[22], corrected, by=editor, note="It was not.")
cast.publish(story, editor, "Beyond the page.", published_at=at(3))
"""
# A page that was opened when its story was young, and is more than 500 changes behind.
BEGIN_LONG = """
from tests.newsroom import make_story, make_updates
long = make_story(slug="long", headline="Long")
make_updates(long, 30)
"""
GROW_LONG = """
from tests.newsroom import make_updates
long = Story.objects.get(slug="long")
make_updates(long, 520, minute=40)
publishing.retract(long.updates.get(number=25), by=editor, note="Wrong.")
"""
RETRACTED_LONG = "Text number 25."
AFTER = """
publishing.retract(story.updates.get(headline="Word 41"), by=editor, note="Wrong too.")
publishing.mark_key_event(old[30], by=editor)
cast.publish(story, editor, "The last word.", is_key_event=True)
known = replace(publishing.StoryContent.of(story), standfirst="What is known.")
publishing.edit_story(story, known, by=editor)
"""


@pytest.fixture
def newsroom(make_site):
    site = make_site()
    site.shell(SETUP)
    site.act = lambda code: site.shell(ACT.format(slug="bridge") + AT + code)
    site.act(FILL)
    return site


@pytest.fixture
def open_tab(newsroom, browser):
    """Open the story in a browser of its own, away from the top, and watch for shifts."""
    contexts = []

    def open_tab(query="", *, slug="bridge", is_light=False):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 800}))
        tab = contexts[-1].new_page()
        tab.add_init_script(HIDING)
        if is_light:
            with tab.expect_response("**/stream?*"):
                tab.goto(f"{newsroom.url}/live/{slug}/{query}")
            return tab
        tab.goto(f"{newsroom.url}/live/{slug}/{query}")
        tab.locator("[data-connection=live]").wait_for(state="attached")
        middle = tab.locator("[data-feed] article").nth(12)
        middle.evaluate("each => each.scrollIntoView({ behavior: 'instant' })")
        tab.wait_for_timeout(200)
        tab.evaluate(SHIFTS)
        return tab

    yield open_tab
    for context in contexts:
        context.close()


def test_every_tab_ends_as_a_fresh_page(newsroom, open_tab):
    scrolled, older = open_tab(), open_tab(older_page(newsroom))
    oldest_first, paused, offline, hidden = (
        open_tab("?order=oldest"),
        open_tab(),
        open_tab(),
        open_tab(),
    )
    newsroom.act(BEGIN_LONG)
    young = open_tab(slug="long")
    light = [
        open_tab(f"updates/{id_of(newsroom, 22)}/", is_light=True),
        open_tab(f"updates/{id_of(newsroom, 41)}/", is_light=True),
        open_tab("search?q=Word", is_light=True),
    ]
    tabs = [scrolled, older, oldest_first, paused, offline, hidden]
    assert RETRACTED_LONG in young.content()
    young.context.set_offline(True)
    paused.get_by_role("button", name="Pause").evaluate("each => each.click()")
    offline.context.set_offline(True)
    hidden.evaluate("hide(true)")

    newsroom.act(BEFORE)
    newsroom.kill()
    if "TEST_POSTGRES" in os.environ:
        postgres.restart()
    newsroom.act(MEANWHILE)
    newsroom.act(GROW_LONG)
    newsroom.start()
    newsroom.act(AFTER)
    offline.context.set_offline(False)
    young.context.set_offline(False)
    hidden.evaluate("hide(false)")

    newest = newest_cursor(newsroom)
    for tab in tabs:
        wait_for_cursor(tab, newest)
    assert [tab.evaluate("window.shifts") for tab in tabs] == [[]] * len(tabs)
    assert_paused(paused)
    paused.get_by_role("button", name="Resume").evaluate("each => each.click()")
    wait_for_cursor(young, newest_cursor(newsroom, "long"), patience=3 * PATIENCE)  # 21 pages
    for tab in [*tabs, young]:
        read_everything(tab)
        assert_like_fresh(tab)
    for tab in light:
        wait_until_main_is_like_fresh(tab)
    shown = {tab.url: secrets_in(tab) for tab in [*tabs, *light]}
    assert {url: found for url, found in shown.items() if found} == {}
    assert RETRACTED_LONG not in young.content()


def secrets_in(tab):
    """Return what a page holds of what was retracted, with the markup round it."""
    return re.findall(rf".{{0,80}}(?:{'|'.join(SECRETS)}).{{0,20}}", tab.content())


def assert_paused(tab):
    """What was retracted is gone from a paused page too, and what is new is only counted."""
    assert secrets_in(tab) == []
    assert tab.locator("[data-feed] article", has_text="The last word").count() == 0
    assert re.match(r"\(\d+\) ", tab.title())


def wait_for_cursor(tab, cursor, *, patience=PATIENCE):
    there = tab.locator(f"live-story[data-at='{cursor}']")
    there.wait_for(state="attached", timeout=patience)


MAIN = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"


def wait_until_main_is_like_fresh(tab):
    """A page of one update or of a search has nothing but its texts."""
    other = tab.context.browser.new_context(viewport={"width": 1280, "height": 800})
    loaded = other.new_page()
    loaded.goto(tab.url)
    shown = loaded.evaluate(MAIN)
    other.close()
    tab.wait_for_function(f"(shown) => {MAIN} === shown", arg=shown, timeout=PATIENCE)


def older_page(newsroom):
    return f"?before={id_of(newsroom, 20)}"


def id_of(newsroom, place):
    return newsroom.act(f"print(old[{place}].pk)").strip()


def newest_cursor(newsroom, slug="bridge"):
    return newsroom.act(f"print(Story.objects.get(slug={slug!r}).cursor)").strip()


def read_everything(tab):
    button = tab.get_by_role("button", name=re.compile("new update|You were away"))
    while button.count():  # it may go by itself: what it counts came into sight
        button.evaluate_all("all => all.forEach((each) => each.click())")
        tab.wait_for_timeout(100)
