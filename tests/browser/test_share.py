"""An update is shared from where it stands."""

import pytest
from playwright.sync_api import expect

from tests.live.conftest import ACT, SETUP
from tests.server import Site

FOLLOW = 8_000  # milliseconds, as for a live page


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("share"))
    site.prepare(demo=False)
    site.start()
    site.shell(SETUP)
    site.act = lambda code: site.shell(ACT.format(slug="bridge") + code)
    site.act('cast.publish(story, editor, "A film")')
    yield site
    site.stop()


def test_sharing_copies_the_updates_address_and_says_so(newsroom, page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{newsroom.url}/live/bridge/")
    page.evaluate("Object.defineProperty(navigator, 'share', { value: undefined })")
    newsroom.act('cast.publish(story, editor, "Shared words")')
    page.get_by_role("button", name="new update").click(timeout=FOLLOW)
    article = page.locator("[data-feed] article", has_text="Shared words")
    share = article.get_by_role("link", name="Share")
    address = share.evaluate("link => link.href")

    share.click()

    expect(article.locator("[data-share]")).to_contain_text("Link copied")
    expect(page.locator("[role=status]", has_text="Link copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == address
    expect(article.locator("[data-share]")).to_contain_text("Share", timeout=5_000)
    assert page.url == f"{newsroom.url}/live/bridge/"


def test_sharing_by_the_devices_own_sheet(newsroom, page):
    page.add_init_script(
        "window.shared = [];"
        "navigator.share = (what) => { shared.push(what); return Promise.reject('changed mind'); };"
    )
    page.goto(f"{newsroom.url}/live/bridge/")
    article = page.locator("[data-feed] article", has_text="A film")

    article.get_by_role("link", name="Share").click()

    page.wait_for_function("shared.length > 0")
    [shared] = page.evaluate("shared")
    assert shared["title"] == "A film"
    assert shared["url"] == article.locator("[data-share]").evaluate("link => link.href")


def test_story_is_shared_from_its_header(newsroom, page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{newsroom.url}/live/bridge/?order=oldest")
    page.evaluate("Object.defineProperty(navigator, 'share', { value: undefined })")

    page.locator(".story-header [data-share]").click()

    expect(page.locator(".story-header [data-share]")).to_contain_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{newsroom.url}/live/bridge/"
