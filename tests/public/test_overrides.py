"""The house's own pieces: four templates, and where the slots stand."""

import pytest

from tests.newsroom import make_story, make_updates

pytestmark = pytest.mark.django_db

PIECES = {
    "masthead.html": '<header class="masthead"><a href="/">House masthead</a></header>',
    "footer.html": "<footer><p>House footer of {{ publisher }}</p></footer>",
    "head_extra.html": '<meta name="house" content="head {{ site_name }}">',
    "slot.html": '<aside class="house-slot">House slot</aside>',
}


@pytest.fixture
def house(settings, tmp_path):
    """A folder of the house's templates, before ours as TEMPLATE_DIRS puts it."""
    (tmp_path / "liveblog").mkdir()
    for name, text in PIECES.items():
        (tmp_path / "liveblog" / name).write_text(text)
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [str(tmp_path), *engine["DIRS"]]}]


def test_each_piece_takes_the_place_of_ours(client, house, settings):
    settings.SITE_NAME, settings.PUBLISHER_NAME = "The Gazette", "Gazette Ltd"
    make_updates(make_story(slug="s"), 12)

    html = client.get("/live/s/").text

    assert "House masthead" in html
    assert "House footer of Gazette Ltd" in html
    assert '<meta name="house" content="head The Gazette">' in html
    assert html.count("House slot") == 1
    assert 'aria-label="Site"' not in html
    assert "House footer" in client.get("/nothing/").text


@pytest.mark.parametrize(("every", "count"), [(10, 2), (5, 5), (0, 0), (100, 0)])
def test_a_slot_stands_after_so_many_updates(client, house, settings, every, count):
    settings.SLOT_EVERY = every
    make_updates(make_story(slug="s"), 25)

    assert client.get("/live/s/").text.count("House slot") == count
