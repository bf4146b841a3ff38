"""Servers, tabs, sessions and connections die in mid-sentence: nothing is lost, nothing doubled."""

import uuid

import pytest
from playwright.sync_api import expect

from .desks import (
    READY,
    Desks,
    attempts,
    offline,
    row,
    sees,
    wait_until_drawn,
    wait_until_kept,
    write,
)

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


def test_logging_out_ends_the_stream_and_keeps_the_words(desks):
    page = desks.open()
    other = desks.page_in(page.context)
    write(page, "Half a sentence", "goes on")
    wait_until_kept(page, "goes on")
    other.goto(f"{desks.site.url}/admin/")
    other.get_by_role("button", name="Log out").click()

    expect(page.locator("[data-alert=connection]")).to_contain_text("signed out", timeout=6000)
    page.keyboard.press("Control+Enter")
    expect(attempts(page).first).to_contain_text("You are signed out")
    other.goto(f"{desks.site.url}/admin/login/?next=/admin/")
    other.get_by_label("Username").fill("chief@localhost")
    other.get_by_label("Password").fill(desks.site.password_of("chief@localhost"))
    other.get_by_role("button", name="Log in").click()

    sees(page, "Half a sentence", "published", timeout=15_000)


def test_somebody_else_signs_in_and_nothing_goes_out_in_their_name(desks):
    page = desks.open()
    other = desks.page_in(page.context)
    other.goto(f"{desks.site.url}/admin/")
    other.get_by_role("button", name="Log out").click()
    other.goto(f"{desks.site.url}/admin/login/?next=/admin/")
    other.get_by_label("Username").fill("reporter@localhost")
    other.get_by_label("Password").fill(desks.site.password_of("reporter@localhost"))
    other.get_by_role("button", name="Log in").click()
    other.wait_for_url("**/admin/")
    write(page, "Chief's words")
    page.keyboard.press("Control+s")

    expect(attempts(page).first).to_contain_text("Somebody else is signed in")
    assert _published(desks.site) == [""]


def test_a_publication_is_held_and_cancelled(make_site, browser):
    site = make_site(PUBLISH_DELAY="20")
    desks = Desks(site, browser, int(site.shell(SETUP)))
    page = desks.open()
    write(page, "Too soon")
    page.keyboard.press("Control+Enter")

    expect(attempts(page).first).to_contain_text("goes out in")
    write(page, "The next one")
    attempts(page).first.get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("textbox", name="Headline")).to_have_value("Too soon")
    expect(page.locator("[data-unsent]")).to_contain_text("The next one")
    assert _published(site) == [""]
    desks.close()


def test_ten_thousand_updates_stay_light(desks):
    site = desks.site
    site.shell(
        "from tests import newsroom; from liveblog.models import Story\n"
        "newsroom.make_updates(Story.objects.get(slug='bridge'), 10_000)"
    )
    page = desks.open()
    rows = page.locator("[data-update]")
    expect(page.locator("[data-count=air]").first).to_have_text("10000")
    for _ in range(12):
        page.locator("[data-scroll]").evaluate("each => each.scrollBy(0, 4000)")
        wait_until_drawn(page)
        assert rows.count() < 150
    page.get_by_role("searchbox", name="Search this story").fill("number 77.")

    sees(page, "Update number 77")
    assert row(page, "Update number 77").is_visible()


@pytest.mark.parametrize(
    "failing",
    [
        "indexedDB.open = () => { throw new DOMException('denied', 'SecurityError') }",
        "IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = "
        "() => { throw new DOMException('full', 'QuotaExceededError') }",
    ],
    ids=["none", "full"],
)
def test_a_browser_that_keeps_nothing_sends_all_the_same(desks, failing):
    page, headline = desks.open(), f"Bridge {uuid.uuid4().hex[:8]}"
    page.add_init_script(failing)
    page.reload()
    page.locator(READY).wait_for()
    write(page, headline)
    expect(page.locator("[data-kept]")).to_contain_text("This browser keeps nothing")

    with offline(page):
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-alerts]")).to_contain_text("Not sent")
    expect(page.get_by_label("Headline", exact=True)).to_have_value(headline)
    page.keyboard.press("Control+Enter")

    sees(page, headline, "published")
    expect(page.get_by_label("Headline", exact=True)).to_have_value("")
