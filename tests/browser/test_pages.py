"""The readers' pages of the demo, in a real browser, wide and narrow, light and dark."""

import pytest

from tests.server import Site

PAGES = ["/", "/live/ukraine-kursk/", "/live/ukraine-kursk/?order=oldest", "/corrections/", "/no/"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demo as it was loaded: other tests write to the one that they share."""
    site = Site(tmp_path_factory.mktemp("demo"))
    site.prepare(demo=True)
    site.start()
    yield site
    site.stop()


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (390, "light"), (320, "dark")], ids=str)
def screen(request, page):
    """A page of one width, light or dark."""
    width, scheme = request.param
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    return page


def test_pages_are_accessible_and_fit(site, screen, assert_accessible):
    update = "/live/ukraine-kursk/updates/"
    screen.goto(f"{site.url}/live/ukraine-kursk/")
    update += screen.locator("article").first.get_attribute("data-id") + "/"

    for address in [*PAGES, update]:
        screen.goto(site.url + address)
        assert_accessible(screen, best_practices=True)
        assert screen.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


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
    box = latest.bounding_box()
    assert box["y"] + box["height"] < 844


def test_updates_stand_as_in_the_document(site, page):
    page.goto(f"{site.url}/live/ukraine-kursk/")

    headlines = [
        each.inner_text().split()[0] for each in page.locator("article h2, article h3").all()
    ]
    assert headlines == ["Washington", "Usyk", "Putin", "Guterres", "Japan"]
    assert page.get_by_text("Last update 25 Oct 2024").first.is_visible()


def test_pages_are_valid_html(site, page, assert_valid_html):
    pages = [page.request.get(site.url + address).text() for address in PAGES]

    assert_valid_html(*pages)
