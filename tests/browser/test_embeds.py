"""A live story inside a page of another origin."""

import pytest
from playwright.sync_api import expect

from tests.live.conftest import ACT, SETUP
from tests.server import Site

from .soon import assert_soon_equal

FOLLOW = 8_000  # milliseconds, as for a live page
HOST_PAGE = """<!DOCTYPE html><html lang="en"><title>A paper</title><p>Words.</p>
<script async src="{site}/embed.js"></script>
<a class="liveblog-embed" href="{site}/live/bridge/">Bridge</a>
<a class="liveblog-embed" href="{site}/live/bridge?a=1" data-max-height="300">Again</a>
<a class="liveblog-embed" href="https://elsewhere.example/live/bridge/">Elsewhere</a>
<script async src="{site}/embed.js"></script>"""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("embeds"))
    site.prepare(demo=False)
    site.start()
    site.shell(SETUP)
    site.act = lambda code: site.shell(ACT.format(slug="bridge") + code)
    site.act("for n in range(12): cast.publish(story, editor, f'Word {n}.')")
    yield site
    site.stop()


@pytest.fixture
def host(newsroom, page, serve_host):
    """The other paper's page, open, its embeds in place."""
    page.goto(serve_host(HOST_PAGE.format(site=newsroom.url)))
    page.frame_locator("iframe").first.get_by_role("heading", name="Bridge").wait_for()
    return page


def heights(page):
    return page.locator("iframe").evaluate_all("all => all.map(each => each.offsetHeight)")


def wanted(page, index):
    """How high the story in a frame is."""
    frame = page.locator("iframe").nth(index).element_handle().content_frame()
    return frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")


def wait_until_it_fits(page):
    assert_soon_equal(lambda: heights(page)[0], lambda: wanted(page, 0), seconds=20)


def test_every_placeholder_of_the_site_is_a_frame_that_fits(host):
    wait_until_it_fits(host)

    expect(host.locator("iframe")).to_have_count(2)
    assert host.locator("iframe").first.get_attribute("title") == "Bridge"
    assert heights(host)[0] > 600
    assert heights(host)[1] == 300
    assert host.get_by_role("link", name="Elsewhere").is_visible()
    assert host.context.cookies() == []


def test_what_is_published_and_renamed_arrives_inside(newsroom, host):
    wait_until_it_fits(host)
    before = heights(host)[0]
    frame = host.frame_locator("iframe").first

    newsroom.act("""
from dataclasses import replace
cast.publish(story, editor, 'Fresh words.', body='<p>' + 'Many more words. ' * 60)
story.refresh_from_db()
renamed = replace(publishing.StoryContent.of(story), headline="Bridge open")
publishing.edit_story(story, renamed, by=editor)
""")
    frame.get_by_role("button", name="1 new update").click(timeout=FOLLOW)

    expect(frame.locator("article").first).to_contain_text("Fresh words")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Bridge open", timeout=FOLLOW)
    wait_until_it_fits(host)
    assert heights(host)[0] > before


def test_messages_of_others_are_ignored(newsroom, host):
    wait_until_it_fits(host)
    right = heights(host)[0]
    inside = host.locator("iframe").first.element_handle().content_frame()

    host.evaluate("postMessage({ liveblog: 'height', height: 200 }, '*')")
    host.evaluate("frames[0].postMessage({ liveblog: 'other' }, '*')")
    inside.evaluate("postMessage({ liveblog: 'hello' }, '*')")
    host.wait_for_timeout(200)
    assert heights(host)[0] == right

    inside.evaluate(
        "document.body.append(Object.assign(document.createElement('p'), "
        "{ textContent: 'One line more.' }))"
    )
    wait_until_it_fits(host)
    assert heights(host)[0] > right


def test_links_leave_the_frame(host, context):
    frame = host.frame_locator("iframe").first

    with context.expect_page() as opened:
        frame.get_by_role("link", name="Read the whole story").click()

    assert opened.value.url.endswith("/live/bridge/")


def test_embed_reads_without_scripts_and_without_our_origin(newsroom, browser, serve_host):
    """As WordPress frames the addresses that it finds by itself."""
    sandboxed = (
        f'<iframe sandbox="allow-scripts" src="{newsroom.url}/live/bridge/embed/#?secret=s3">'
    )
    listen = "<script>heard = []; addEventListener('message', (e) => heard.push(e.data));</script>"
    page = browser.new_page()
    page.goto(serve_host(f"<!DOCTYPE html><title>A paper</title>{listen}{sandboxed}</iframe>"))
    page.frame_locator("iframe").get_by_text("Word 11.").first.wait_for()
    page.wait_for_function("heard.some((each) => each.message === 'height' && each.value > 200)")
    assert page.evaluate("heard.at(-1).secret") == "s3"
    newsroom.act("cast.publish(story, editor, 'Also here.')")
    page.frame_locator("iframe").get_by_role("heading", name="Also here").wait_for(timeout=FOLLOW)
    page.close()

    without = browser.new_page(java_script_enabled=False)
    without.goto(f"{newsroom.url}/live/bridge/embed/")
    assert without.get_by_text("Word 11.").first.is_visible()
    without.close()


def test_embed_is_accessible(newsroom, page, assert_accessible):
    page.goto(f"{newsroom.url}/live/bridge/embed/")

    assert_accessible(page, best_practices=True)
