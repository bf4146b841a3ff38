"""A story as text inside another site's page: the same articles, and as live as its own page."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.live.conftest import ACT, SETUP
from tests.server import Site

from .soon import assert_soon_equal

FOLLOW = 8_000  # milliseconds, as for a live page
HOST_PAGE = """<!DOCTYPE html><html><meta charset="utf-8"><title>A paper</title>
<meta name="description" content="The paper's own"><p id="own">Words.</p>
<script type="application/ld+json">{{"@type": "WebPage"}}</script>
<div id="story">{fragment}</div>
<script type="module" src="{site}/fragment.js"></script>"""

ARTICLES = """all => all.map(article => {
  const copy = article.cloneNode(true);
  for (const name of ["aria-posinset", "aria-setsize", "class"]) copy.removeAttribute(name);
  for (const time of copy.querySelectorAll("[data-ago]")) time.removeAttribute("data-ago");
  for (const link of copy.querySelectorAll("a")) link.setAttribute("href", link.href);
  return copy.outerHTML;
})"""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("fragment"))
    site.prepare(demo=False)
    site.start()
    site.shell(SETUP)
    site.act = lambda code: site.shell(ACT.format(slug="bridge") + code)
    site.act("for n in range(6): cast.publish(story, editor, f'Word {n}.')")
    yield site
    site.stop()


@pytest.fixture
def host(newsroom, page, serve_host):
    """The other site's page, open, with the fragment that its server fetched."""
    fragment = httpx.get(f"{newsroom.url}/live/bridge/fragment/").text
    page.goto(serve_host(HOST_PAGE.format(fragment=fragment, site=newsroom.url)))
    page.locator("live-story[data-connection=live]").wait_for()
    return page


def articles(page):
    return page.locator("[data-feed] article").evaluate_all(ARTICLES)


def test_a_fragment_is_equal_to_the_page_and_stays_live(newsroom, host, context):
    own = context.new_page()
    own.goto(f"{newsroom.url}/live/bridge/")
    own.locator("live-story[data-connection=live]").wait_for()
    assert_soon_equal(lambda: articles(host), lambda: articles(own))
    assert articles(own) != []

    newsroom.act("cast.publish(story, editor, 'Later words.')")
    newsroom.act(
        "publishing.edit(story.updates.get(headline='Word 3'), cast.content('Word 33.'),"
        " by=editor, kind='typo')"
    )
    newsroom.act(
        "publishing.retract(story.updates.get(headline='Word 1'), by=editor, note='Wrong.')"
    )
    for page in (host, own):
        expect(page.get_by_role("heading", name="Word 33")).to_be_visible(timeout=FOLLOW)
        expect(page.get_by_role("heading", name="Word 1", exact=True)).to_have_count(0)
        button = page.locator("button[data-news]").filter(visible=True)
        later = page.get_by_role("heading", name="Later words")
        expect(later.or_(button).first).to_be_visible(timeout=FOLLOW)
        button.evaluate_all("all => all.forEach((each) => each.click())")
        expect(later).to_be_visible(timeout=FOLLOW)
    assert_soon_equal(lambda: articles(host), lambda: articles(own))


def test_the_host_s_own_page_is_left_alone(newsroom, host):
    shown = host.locator("[data-feed] article")
    count = shown.count()
    newsroom.act("publishing.retract(story.updates.public().first(), by=editor, note='Wrong.')")
    expect(shown).to_have_count(count - 1, timeout=FOLLOW)

    assert host.title() == "A paper"
    assert host.locator("meta[name=description]").count() == 1
    assert host.locator("script[type='application/ld+json']").count() >= 1
    links = host.locator("#story a").evaluate_all("all => all.map(each => each.href)")
    assert [link for link in links if link.startswith(host.url) and "#" not in link] == []
