"""Cards made of words, for what has no picture of its own."""

import io
import re

import pytest
from PIL import Image

from liveblog.models import OldAddress, Update
from liveblog.rendering import social_card_images
from tests.newsroom import (
    START,
    cite,
    make_hidden_update,
    make_picture,
    make_published_update,
    make_story,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def site_settings(settings):
    settings.SITE_URL = "https://live.example.org"


def card_of(client, address):
    page = client.get(address).text
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page))


def see(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(response.content))


def ink(image):
    return sum(image.convert("L").histogram()[:128])


def test_pages_without_pictures_name_their_cards(client):
    story = make_story(slug="s", headline="Bridge")
    update = make_published_update(story, headline="River")
    cite(update, "Efe")

    for address, words in (("/live/s/", "Bridge"), (f"/live/s/updates/{update.pk}/", "River")):
        tags = card_of(client, address)
        assert tags["og:image"].startswith(f"https://live.example.org{address}card.png?v=")
        assert tags["og:image:alt"] == words
        assert tags["twitter:card"] == "summary_large_image"
        image = see(client.get(f"{address}card.png"))
        assert image.size == (int(tags["og:image:width"]), int(tags["og:image:height"]))


def test_other_words_make_another_card(client):
    story = make_story(slug="s", headline="Bridge")
    before = client.get("/live/s/card.png")
    assert ink(see(before)) > 2000

    story.headline, story.version = "Міст", 2
    story.save()
    after = client.get("/live/s/card.png")

    assert after.content != before.content
    assert (
        client.get("/live/s/card.png", headers={"if-none-match": after.headers["ETag"]}).status_code
        == 304
    )


def test_card_has_another_address_with_other_words_alone(client):
    story = make_story(slug="s", headline="Bridge")
    first = card_of(client, "/live/s/")["og:image"]
    story.kicker, story.version = "Kursk", 2
    story.save()
    same = card_of(client, "/live/s/")["og:image"]
    story.headline, story.version = "Tunnel", 3
    story.save()
    other = card_of(client, "/live/s/")["og:image"]

    assert first == same != other
    assert card_of(client, "/live/s/")["og:image"] == other
    plain = client.get("/live/s/card.png")
    assert client.get(other).content == plain.content


def test_own_picture_comes_before_a_card(client):
    story = make_story(slug="s", lead_picture=make_picture(file="pictures/lead.jpg"))
    plain = make_published_update(story)
    own = make_published_update(story)
    make_picture(own, file="pictures/own.jpg")

    assert card_of(client, "/live/s/")["og:image"].endswith("/lead.jpg")
    assert card_of(client, f"/live/s/updates/{own.pk}/")["og:image"].endswith("/own.jpg")
    assert "/card.png?v=" in card_of(client, f"/live/s/updates/{plain.pk}/")["og:image"]


def test_words_that_the_type_lacks_make_no_card(client):
    lead = make_picture(file="pictures/lead.jpg")
    arabic = make_published_update(make_story(slug="a", lead_picture=lead), headline="جسر")
    make_story(slug="s", headline="桥")

    assert client.get(f"/live/a/updates/{arabic.pk}/card.png").status_code == 404
    assert card_of(client, f"/live/a/updates/{arabic.pk}/")["og:image"].endswith("/lead.jpg")
    assert "og:image" not in card_of(client, "/live/s/")


def test_type_holds_every_letter_that_we_set():
    font = social_card_images._font(40, weight=700)
    absent = bytes(font.getmask("\uffff"))
    letters = [chr(code) for code in range(0x2200) if social_card_images.can_set(chr(code))]
    letters = [each for each in letters if each.isalpha()]

    assert len(letters) > 500
    assert [each for each in letters if bytes(font.getmask(each)) == absent] == []


@pytest.mark.parametrize("headline", ["W" * 300, "Wwwww " * 50, "I", "🎉", "a\u0301" * 150])
def test_any_headline_fits(client, headline):
    story = make_story(slug="s", headline="S", kicker="k" * 60)
    update = make_published_update(story, headline=headline)
    image = see(client.get(f"/live/s/updates/{update.pk}/card.png")).convert("L")

    width, height = image.size
    left, right, foot = (0, 0, 60, height), (width - 60, 0, width, height), (0, 590, width, height)
    assert [ink(image.crop(edge)) for edge in (left, right, foot)] == [0, 0, 0]


def test_card_goes_with_what_it_shows(client):
    story = make_story(slug="s")
    retracted = make_hidden_update(story, "retracted", "SECRET")
    draft = make_hidden_update(story, "draft", "SECRET")
    make_story(slug="w", status="withdrawn", withdrawn_at=START)
    make_story(slug="d", status="draft")
    OldAddress.objects.create(slug="old", story=story)

    assert client.get(f"/live/s/updates/{retracted.pk}/card.png").status_code == 410
    assert client.get(f"/live/s/updates/{draft.pk}/card.png").status_code == 404
    assert client.get("/live/w/card.png").status_code == 410
    assert client.get("/live/d/card.png").status_code == 404
    assert client.get("/live/old/card.png").headers["Location"] == "/live/s/card.png"


def test_card_of_a_storys_corrections_names_the_story(client):
    make_story(slug="s", headline="Bridge closed")

    assert "Bridge closed" in card_of(client, "/live/s/corrections/")["og:description"]


def test_card_that_says_something_else_has_another_address(client, settings):
    settings.QUIET_AFTER_HOURS = 10**6
    story = make_story(slug="s")
    addresses = [card_of(client, "/live/s/")["og:image"]]

    for headline in ("River", "Sea"):
        make_published_update(story, headline=headline)
        story.version += 1
        story.save()
        addresses.append(card_of(client, "/live/s/")["og:image"])
    story.status, story.ended_at, story.version = "ended", START, story.version + 1
    story.save()
    addresses.append(card_of(client, "/live/s/")["og:image"])

    assert len(set(addresses[:3])) == 3
    assert addresses[3] == addresses[0]


def test_card_of_an_update_has_another_address_with_other_sources(client):
    update = make_published_update(make_story(slug="s"))
    address = f"/live/s/updates/{update.pk}/"
    before = card_of(client, address)["og:image"]

    cite(update, "Efe")
    Update.objects.filter(pk=update.pk).update(revision=99)

    assert card_of(client, address)["og:image"] != before


@pytest.mark.parametrize("address", ["/", "/corrections/", "/topics/"])
def test_sites_own_card_is_described_by_what_it_shows(client, address):
    assert card_of(client, address)["og:image:alt"] == "Live coverage"


def test_name_that_the_type_lacks_makes_no_logo(client, settings):
    settings.PUBLISHER_NAME = "新聞"
    make_story(slug="s")

    assert client.get("/logo.png").status_code == 404
    assert "logo.png" not in client.get("/live/s/").text
