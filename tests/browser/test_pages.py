"""Every kind of readers' page, in a real browser: wide and light, narrow and dark."""

import pytest

from docs.screenshots.pages import ADDRESSES, pages_of
from tests.browser.boxes import box_of
from tests.server import Site

# What screenshots show besides: the desk, languages written alike, and one page in other moments.
ELSEWHERE = ("desk", "language", "story-new", "story-paused", "story-offline", "story-target")
SCREENS = [(1280, "light"), (320, "dark")]
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demo and the stories of the screenshots: other tests write to the one that they share."""
    site = Site(tmp_path_factory.mktemp("demo"))
    site.prepare(demo=True)
    site.shell("from docs.screenshots import stories; stories.write()")
    site.start()
    yield site
    site.stop()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_every_kind_of_page_is_accessible_and_fits(site, page, assert_accessible, width, scheme):
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    pages = pages_of(site)
    kinds = [name for name in pages if not name.startswith(ELSEWHERE)]
    found = {}

    for name in [*kinds, "language-ar", "language-uk"]:
        pages[name](page)
        try:
            assert_accessible(page, best_practices=True)
            assert page.evaluate(TOO_WIDE) <= 0, "wider than the screen"
        except AssertionError as error:
            found[name] = str(error)

    assert found == {}


def test_no_image_is_broken(site, page):
    page.goto(f"{site.url}/live/ukraine-kursk/")

    images = page.locator("main img")
    assert images.count() >= 1
    for image in images.all():
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.decode()")
        assert image.evaluate("image => image.naturalWidth") > 0


def test_latest_headline_is_on_the_first_screen_of_a_phone(site, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.url}/live/ukraine-kursk/")

    latest = page.get_by_text("Washington Holds to Its Limits").first
    box = box_of(latest)
    assert box["y"] + box["height"] < 844


def test_updates_stand_as_in_the_document(site, page):
    page.goto(f"{site.url}/live/ukraine-kursk/")

    headlines = [
        each.inner_text().split()[0] for each in page.locator("article h2, article h3").all()
    ]
    assert headlines == ["Washington", "Usyk", "Putin", "Guterres", "Japan"]
    assert page.get_by_text("Last update 25 Oct 2024").first.is_visible()


def test_pages_are_valid_html(site, page, assert_valid_html):
    pages = [page.request.get(site.url + address).text() for address in ADDRESSES.values()]

    assert_valid_html(*pages)
