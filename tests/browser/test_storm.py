"""Five tabs, a storm of changes and a server that dies in the middle: all end as a fresh page."""

import os
import re

import pytest

from tests import postgres
from tests.live.conftest import ACT, SETUP

from .tabs import HIDING, SHIFTS, assert_like_fresh

PATIENCE = 25_000  # milliseconds, for a line that comes back after an outage
SECRETS = ("Never to be seen", "Soon retracted")
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

    def open_tab(query=""):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 800}))
        tab = contexts[-1].new_page()
        tab.add_init_script(HIDING)
        tab.goto(f"{newsroom.url}/live/bridge/{query}")
        tab.locator("[data-line=live]").wait_for(state="attached")
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
    tabs = [scrolled, older, oldest_first, paused, offline, hidden]
    paused.get_by_role("button", name="Pause").evaluate("each => each.click()")
    offline.context.set_offline(True)
    hidden.evaluate("hide(true)")

    newsroom.act(BEFORE)
    newsroom.kill()
    if "TEST_POSTGRES" in os.environ:
        postgres.restart()
    newsroom.act(MEANWHILE)
    newsroom.start()
    newsroom.act(AFTER)
    offline.context.set_offline(False)
    hidden.evaluate("hide(false)")

    newest = newest_cursor(newsroom)
    for tab in tabs:
        tab.locator(f"live-story[data-at='{newest}']").wait_for(state="attached", timeout=PATIENCE)
    assert [tab.evaluate("window.shifts") for tab in tabs] == [[]] * len(tabs)
    paused.get_by_role("button", name="Resume").evaluate("each => each.click()")
    for tab in tabs:
        read_everything(tab)
        assert not any(secret in tab.content() for secret in SECRETS)
        assert_like_fresh(tab)


def older_page(newsroom):
    ids = newsroom.act("print(old[20].pk)")
    return f"?before={ids.strip()}"


def newest_cursor(newsroom):
    return newsroom.act("print(Story.objects.get(slug='bridge').cursor)").strip()


def read_everything(tab):
    button = tab.get_by_role("button", name=re.compile("new update|You were away"))
    while button.is_visible():
        button.click()
        tab.wait_for_timeout(100)
