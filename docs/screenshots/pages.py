"""Which pages are pictured, and how each is reached."""

import re

from tests.server import ROOT

from .words import LANGUAGES

README = ROOT / "docs" / "live-page.png"
ADDRESSES = {
    "front": "/",
    "story-live": "/live/storm/",
    "story-oldest": "/live/storm/?order=oldest",
    "story-quiet": "/live/ukraine-kursk/",
    "story-coming": "/live/budget/",
    "story-ended": "/live/election/",
    "story-withdrawn": "/live/rumour/",
    "corrections": "/corrections/",
    "story-corrections": "/live/storm/corrections/",
    "topic": "/topics/weather/",
    "source": "/sources/coast-guard/",
    "author": "/authors/mara-lindqvist/",
    "topics": "/topics/",
    "search": "/search",
    "search-found": "/search?q=Harbour",
    "search-nothing": "/search?q=zeppelin",
    "search-story": "/live/storm/search?q=Harbour",
    "embed": "/live/storm/embed/",
    "embed-withdrawn": "/live/rumour/embed/",
    "not-found": "/nothing/here/",
}
FAILURES = {"failed": 500, "away": 503}
DESK = {
    "desk": "/admin/",
    "desk-stories": "/admin/liveblog/story/",
    "desk-story": "/admin/liveblog/story/{story}/change/",
    "desk-history": "/admin/liveblog/story/{story}/history/",
    "desk-composer": "/admin/liveblog/update/add/?story={story}",
    "desk-update": "/admin/liveblog/update/{update}/change/",
    "desk-document": "/admin/liveblog/story/from-document/",
}


def pages_of(site) -> dict:
    """Return, by name, what leads a browser's page to each kind of page."""
    pages = {name: _at(site, address) for name, address in ADDRESSES.items()}
    pages |= {f"language-{each}": _at(site, f"/live/in-{each}/") for each in LANGUAGES}
    pages |= {name: _failure(site, status) for name, status in FAILURES.items()}
    pages |= {name: _desk(site, address) for name, address in DESK.items()}
    return pages | {
        "story-older": _older(site),
        "update": _update(site, "Sea wall"),
        "update-corrected": _update(site, "Two ferries"),
        "update-withdrawn": _withdrawn(site),
        "story-new": _new(site),
        "story-paused": _paused(site),
        "story-offline": _offline(site),
        "story-target": _target(site),
    }


def of_the_readme(site):
    return _at(site, "/live/storm/")


def _at(site, address):
    def visit(page):
        page.goto(site.url + address)
        _load_pictures(page)

    return visit


def _load_pictures(page):
    page.evaluate("""Promise.all([...document.images].map((image) => {
        image.loading = "eager";
        return image.decode().catch(() => null);
    }))""")


def _failure(site, status):
    """What readers see when we fail: the page as it is, for nothing here fails on purpose."""

    def visit(page):
        code = f"from liveblog import rendering\nprint(rendering.page('{status}.html'))"
        html, address = site.shell(code), f"{site.url}/failure/"
        page.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(address)

    return visit


def _desk(site, address):
    def visit(page):
        find = "story = cast.Story.objects.get(slug='storm')"
        code = f"{find}\nprint(story.pk, story.updates.first().pk)"
        story, update = site.shell(code).split()
        page.goto(f"{site.url}/admin/login/")
        page.get_by_label("Username").fill("chief@localhost")
        page.get_by_label("Password").fill(site.password_of("chief@localhost"))
        page.get_by_role("button", name="Log in").click()
        page.goto(site.url + address.format(story=story, update=update))
        page.wait_for_load_state("networkidle")

    return visit


def _older(site):
    def visit(page):
        page.goto(f"{site.url}/live/election/")
        page.goto(page.locator("a[rel=next]").first.evaluate("link => link.href"))

    return visit


def _update(site, words):
    def visit(page):
        page.goto(f"{site.url}/live/storm/")
        article = page.locator("article", has_text=words).first
        page.goto(article.locator(".permalink").evaluate("link => link.href"))
        _load_pictures(page)

    return visit


def _withdrawn(site):
    def visit(page):
        code = "print(cast.Update.objects.filter(status='retracted').first().pk)"
        page.goto(f"{site.url}/live/storm/updates/{site.shell(code).strip()}/")

    return visit


def _new(site):
    """The bar over a story read in the middle, and then the updates themselves."""

    def visit(page):
        page.goto(f"{site.url}/live/storm/")
        page.evaluate("scrollTo(0, 1800)")
        page.wait_for_timeout(500)
        site.shell("from docs.screenshots import stories; stories.write_more()")
        page.get_by_role("button", name=re.compile("new update")).wait_for(timeout=8000)
        return "screen"

    return visit


def _paused(site):
    def visit(page):
        page.goto(f"{site.url}/live/storm/")
        page.get_by_role("button", name="Pause").click()
        return "screen"

    return visit


def _offline(site):
    def visit(page):
        page.goto(f"{site.url}/live/storm/")
        page.wait_for_timeout(500)
        page.context.set_offline(True)
        page.get_by_text("Offline since").first.wait_for(timeout=8000)
        return "screen"

    return visit


def _target(site):
    """A deep link, as a reader lands on it."""

    def visit(page):
        page.goto(f"{site.url}/live/storm/")
        anchor = page.locator("article", has_text="Two ferries").first.get_attribute("id")
        page.goto("about:blank")
        page.goto(f"{site.url}/live/storm/#{anchor}")
        return "screen"

    return visit
