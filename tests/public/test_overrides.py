"""A publisher's own templates, and where the slots are."""

import pytest

from tests.newsroom import make_story, make_updates

pytestmark = pytest.mark.django_db

PIECES = {
    "masthead.html": '<header class="masthead"><a href="/">Own masthead</a></header>',
    "footer.html": "<footer><p>Own footer of {{ publisher }}</p></footer>",
    "head_extra.html": '<meta name="publisher" content="head {{ site_name }}">',
    "slot.html": '<aside class="own-slot">Own slot</aside>',
}


@pytest.fixture
def own_templates(settings, tmp_path):
    """A folder of own templates, before ours as TEMPLATE_DIRS puts it."""
    (tmp_path / "liveblog").mkdir()
    for name, text in PIECES.items():
        (tmp_path / "liveblog" / name).write_text(text)
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [str(tmp_path), *engine["DIRS"]]}]


def test_each_template_replaces_ours(client, own_templates, settings):
    settings.SITE_NAME, settings.PUBLISHER_NAME = "The Gazette", "Gazette Ltd"
    make_updates(make_story(slug="s"), 12)

    html = client.get("/live/s/").text

    assert "Own masthead" in html
    assert "Own footer of Gazette Ltd" in html
    assert '<meta name="publisher" content="head The Gazette">' in html
    assert html.count("Own slot") == 1
    assert 'aria-label="Site"' not in html
    assert "Own footer" in client.get("/nothing/").text


@pytest.mark.parametrize(("every", "count"), [(10, 2), (5, 5), (0, 0), (100, 0)])
def test_a_slot_comes_after_so_many_updates(client, own_templates, settings, every, count):
    settings.SLOT_EVERY = every
    make_updates(make_story(slug="s"), 25)

    assert client.get("/live/s/").text.count("Own slot") == count
