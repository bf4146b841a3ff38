"""Servers and tabs die in mid-sentence and in mid-sending: nothing is lost, nothing doubled."""

import os
import random
import time
import uuid

import pytest
from playwright.sync_api import expect

from .desks import READY, Desks, sees, write

KILLS = int(os.environ.get("KILLS", "12"))  # a test run has minutes; KILLS=50 takes its time
SETUP = "print(cast.make_live_story(cast.make_editor(), 'Bridge', slug='bridge').pk)"
TITLES = """
from liveblog.models import Update
print("|".join(Update.objects.filter(status="published").order_by("number")
      .values_list("headline", flat=True)))
"""


@pytest.fixture
def desks(make_site, browser):
    site = make_site()
    desks = Desks(site, browser, int(site.shell(SETUP)))
    yield desks
    desks.close()


def _published(site):
    return site.shell(TITLES).strip().split("|")


def _kill_tab(desks, page):
    context = page.context
    page.close(run_before_unload=False)
    page = desks.page_in(context)
    page.goto(desks.address)
    page.locator(READY).wait_for()
    return page


def test_tab_and_server_die_again_and_again(desks):
    """At random moments, in mid-sentence and in mid-sending."""
    dice, page, sent = random.Random(7), desks.open(), []
    for number in range(KILLS):
        headline = f"Number {number} {uuid.uuid4().hex[:6]}"
        write(page, headline, "Words of it.")
        sent.append(headline)
        if dice.random() < 0.5:
            page.wait_for_timeout(dice.uniform(450, 700))  # kept within 400 ms of the last key
            page = _kill_tab(desks, page)
            expect(page.get_by_role("textbox", name="Headline")).to_have_value(headline)
            expect(page.locator(".cke_wysiwyg_div")).to_contain_text("Words of it.")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("textbox", name="Headline")).to_have_value("")
        if dice.random() < 0.5:
            page = _kill_tab(desks, page)
        if number % 10 == 5:
            desks.site.kill()
            time.sleep(dice.uniform(0, 0.5))
            desks.site.start()
    until = time.monotonic() + 60
    while _published(desks.site) != sent and time.monotonic() < until:
        time.sleep(0.5)

    assert _published(desks.site) == sent
    sees(page, sent[-1], "published", timeout=15_000)
