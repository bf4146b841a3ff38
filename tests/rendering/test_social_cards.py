"""What a page's address looks like where it is shared."""

import json
import re
from datetime import timedelta

import pytest

from tests.newsroom import (
    START,
    cite,
    make_picture,
    make_published_update,
    make_story,
    make_updates,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def site_settings(settings):
    settings.SITE_URL = "https://live.example.org"


def metas(client, address):
    page = client.get(address).text
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page)
    return dict(found)


def test_card_of_a_story(client):
    picture = make_picture(file="pictures/map.jpg", width=1200, height=630, alt="A map.")
    story = make_story(slug="s", headline="Bridge & co", share_picture=picture)
    make_published_update(story, minute=30)

    tags = metas(client, "/live/s/")

    assert tags["og:title"] == "Bridge &amp; co"
    assert tags["og:url"] == "https://live.example.org/live/s/"
    assert tags["og:image"] == "https://live.example.org/media/pictures/map.jpg"
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert tags["og:image:alt"] == "A map."
    assert tags["article:published_time"] == "2024-10-25T06:00:00Z"
    assert tags["article:modified_time"] == "2024-10-25T06:30:00Z"
    assert tags["twitter:card"] == "summary_large_image"


def test_card_of_an_update_shows_its_own_picture(client):
    story = make_story(slug="s", lead_picture=make_picture(file="pictures/lead.jpg"))
    update = make_published_update(
        story, headline="The bridge", edited_at=START + timedelta(minutes=9)
    )
    make_picture(update, file="pictures/own.jpg", is_decorative=True)

    tags = metas(client, f"/live/s/updates/{update.pk}/")

    assert tags["og:title"] == "The bridge"
    assert tags["og:url"] == f"https://live.example.org/live/s/updates/{update.pk}/"
    assert tags["og:image"] == "https://live.example.org/media/pictures/own.jpg"
    assert "og:image:alt" not in tags
    assert tags["article:modified_time"] == "2024-10-25T06:09:00Z"


def test_picture_without_a_file_is_on_no_card(client):
    file = make_picture(file="pictures/lead.jpg")
    make_story(slug="s", share_picture=make_picture(), lead_picture=file)
    make_story(slug="none", lead_picture=make_picture())

    assert metas(client, "/live/s/")["og:image"].endswith("/media/pictures/lead.jpg")
    assert "/live/none/card.png?v=" in metas(client, "/live/none/")["og:image"]


def robots(client, address):
    return re.findall(r'name="robots" content="([^"]*)"', client.get(address).text)


def test_search_engines_may_show_large_pictures(client):
    make_story(slug="s")

    for address in ("/", "/live/s/", "/corrections/"):
        assert robots(client, address) == ["max-image-preview:large"]


def test_search_engines_list_no_search_and_no_absence(client):
    make_story(slug="s")

    for address in ("/search?q=a", "/live/s/search?q=a", "/none/"):
        assert robots(client, address) == ["noindex"], address


def test_older_page_is_shared_as_itself(client):
    story = make_story(slug="s")
    update = make_updates(story, 50)[20]

    tags = metas(client, f"/live/s/?before={update.pk}")

    assert tags["og:url"] == f"https://live.example.org/live/s/?before={update.pk}"


def test_long_text_is_cut_and_says_so(client):
    update = make_published_update(make_story(slug="s"), body=f"<p>{'word ' * 90}</p>")

    tags = metas(client, f"/live/s/updates/{update.pk}/")

    assert tags["og:description"].endswith("…")
    assert len(tags["og:description"]) <= 200


def test_card_of_a_live_story_leads_with_its_newest_headline(client, settings):
    settings.QUIET_AFTER_HOURS = 10**6
    make_published_update(make_story(slug="s", standfirst="Why."), headline="The news")

    tags = metas(client, "/live/s/")

    assert tags["og:description"] == "Live · The news · Why."
    assert tags["description"] == "Why."
    assert tags["og:locale"] == "en_GB"


def test_card_of_an_update_tells_its_time_and_source(client):
    update = make_published_update(make_story(slug="s"), body="<p>Words.</p>")
    cite(update, "Efe")

    tags = metas(client, f"/live/s/updates/{update.pk}/")

    assert tags["og:description"].startswith("25 Oct 2024, 08:00 · Efe — ")
    assert tags["description"].startswith("Words.")


@pytest.mark.parametrize(
    ("address", "image"),
    [
        ("/", "/card.png"),
        ("/corrections/", "/card.png"),
        ("/topics/", "/card.png"),
        ("/topics/war/", "/topics/war/card.png"),
        ("/sources/efe/", "/sources/efe/card.png"),
    ],
)
def test_every_list_is_shared_and_listed_as_a_collection(client, address, image):
    story = make_story(slug="s")
    story.topics.create(name="War", slug="war")
    cite(make_published_update(story), "Efe")

    page = client.get(address).text
    tags = metas(client, address)
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])

    assert tags["og:type"] == "website"
    assert tags["og:image"] == f"https://live.example.org{image}"
    assert client.get(image).content.startswith(b"\x89PNG")
    assert data["@type"] == "CollectionPage"
    assert data["mainEntity"]["@type"] == "ItemList"


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("es", "es_ES"),
        ("pt-br", "pt_BR"),
        ("zh-hans", "zh_CN"),
        ("zh-hant", "zh_TW"),
        ("sr-latn", "sr_RS"),
        ("nn", "nn_NO"),
        ("cy", "cy_GB"),
        ("es-419", "es_ES"),
        ("ckb", None),
    ],
)
def test_locale_names_a_territory_or_is_left_out(client, language, locale):
    make_story(slug="s", language=language)

    assert metas(client, "/live/s/").get("og:locale") == locale


def test_search_pages_have_no_card(client):
    assert "og:title" not in metas(client, "/search?q=a")
