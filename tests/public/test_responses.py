"""What every public answer has in common."""

import re
from datetime import UTC, datetime

import html5lib
import pytest

from liveblog.models import OldAddress, Source, Topic, UpdatePicture
from tests.newsroom import (
    START,
    cite,
    make_hidden_update,
    make_picture,
    make_published_update,
    make_story,
    make_updates,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FRESHNESS = "public, max-age=5, stale-while-revalidate=20, stale-if-error=50"
RUBBISH = [
    "?before=rubbish",
    "?before=%00",
    "?before=" + "9" * 5000,
    "?before=00000000-0000-0000-0000-000000000000",
    "?order=%ff%fe",
    "?order=&before=&before=x",
    "?before[]=1;DROP",
]


@pytest.fixture
def newsroom():
    """One of each kind of page; returns their addresses."""
    story = make_story(slug="s", introduction="<p>One.</p><p>Two.</p>", times_assigned=True)
    update = make_published_update(story, is_key_event=True)
    make_updates(story, 45)
    make_picture(update, caption="A bridge.")
    cite(update, "Efe")
    story.corrections.create(update=update, kind="correction", note="A.", corrected_at=START)
    story.topics.add(Topic.objects.create(name="War"))
    make_story(slug="gone", status="withdrawn", withdrawn_at=START)
    retracted = make_hidden_update(story, "retracted", "x")
    return {
        "/": 200,
        "/live/s/": 200,
        f"/live/s/?before={update.pk}": 200,
        "/live/s/?order=oldest": 200,
        f"/live/s/updates/{update.pk}/": 200,
        "/live/s/corrections/": 200,
        "/live/s/embed/": 200,
        "/corrections/": 200,
        "/topics/": 200,
        "/topics/war/": 200,
        "/sources/efe/": 200,
        f"/live/s/updates/{retracted.pk}/": 410,
        "/live/gone/": 410,
        "/live/gone/embed/": 410,
        "/live/gone/corrections/": 410,
        "/nothing/": 404,
    }


def test_every_page_is_well_formed_and_sets_no_cookie(client, newsroom):
    for address, status in newsroom.items():
        response = client.get(address)

        assert response.status_code == status, address
        html5lib.HTMLParser(strict=True).parse(response.text)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Cache-Control"] == FRESHNESS
        assert "style=" not in response.text
        data = '<script type="application/ld+json">'  # no script: nothing runs it
        page = response.text.replace(data, "")
        inline = re.findall(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", page)
        assert inline == []


def test_get_and_head_only(client, newsroom):
    for address in newsroom:
        assert client.post(address).status_code == 405
        assert client.delete(address).headers["Allow"] == "GET, HEAD"
        assert client.head(address).status_code == client.get(address).status_code


def test_unchanged_page_is_304(client):
    make_updates(make_story(slug="s"), 2)
    etag = client.get("/live/s/?utm_source=mail").headers["ETag"]

    answer = client.get("/live/s/", headers={"if-none-match": etag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == etag


def test_changed_page_has_another_etag(client):
    story = make_story(slug="s")
    before = client.get("/live/s/").headers["ETag"]

    make_published_update(story)

    assert client.get("/live/s/", headers={"if-none-match": before}).status_code == 200


@pytest.mark.parametrize("query", RUBBISH)
def test_rubbish_is_ignored(client, query):
    make_updates(make_story(slug="s"), 2)

    assert client.get(f"/live/s/{query}").content == client.get("/live/s/").content


def test_signed_in_editor_gets_the_same_bytes(client, admin_client):
    make_updates(make_story(slug="s"), 2)

    assert admin_client.get("/live/s/").content == client.get("/live/s/").content


def test_old_address_redirects_with_the_rest_of_the_path(client):
    story = make_story(slug="new")
    update = make_published_update(story)
    OldAddress.objects.create(slug="old", story=story)

    moved = client.get(f"/live/old/updates/{update.pk}/?a=1")

    assert moved.status_code == 301
    assert moved.headers["Location"] == f"/live/new/updates/{update.pk}/?a=1"


def test_address_without_its_slash_redirects(client):
    make_story(slug="s")

    assert client.get("/live/s?a=1").headers["Location"] == "/live/s/?a=1"
    assert client.get("/nothing").status_code == 404


def test_404_is_ours_also_in_debug(client, settings):
    settings.DEBUG = True

    assert "There is nothing at this address" in client.get("/live/none/").text
    assert "There is nothing at this address" in client.get("/nowhere/at/all").text


def test_retracted_update_says_when_and_why(client):
    story = make_story(slug="s")
    at = datetime(2024, 10, 25, 7, 12, tzinfo=UTC)
    update = make_hidden_update(
        story, "retracted", "SECRET", retracted_at=at, retraction_note="Another place."
    )

    answer = client.get(f"/live/s/updates/{update.pk}/")

    assert answer.status_code == 410
    assert "This update was withdrawn at 09:12" in answer.text
    assert "Another place." in answer.text
    assert "SECRET" not in answer.text


def test_undone_update_is_gone(client):
    story = make_story(slug="s")
    update = make_hidden_update(story, "draft", "x", number=2, revision=3, published_at=START)

    assert client.get(f"/live/s/updates/{update.pk}/").status_code == 410


def test_update_belongs_to_its_story(client):
    make_story(slug="other")
    update = make_published_update(make_story(slug="s"))

    assert client.get(f"/live/other/updates/{update.pk}/").status_code == 404


def test_picture_is_served_and_nothing_else(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.webp").write_bytes(b"RIFF")
    (tmp_path / "pictures" / "a.svg").write_text("<svg/>")
    (tmp_path / "secret.png").write_bytes(b"x")
    for name in ("pictures/a.webp", "pictures/a.svg", "secret.png"):
        make_picture(make_published_update(make_story()), file=name)

    picture = client.get("/media/pictures/a.webp")

    assert picture.headers["Content-Type"] == "image/webp"
    assert picture.getvalue() == b"RIFF"
    assert client.post("/media/pictures/a.webp").status_code == 405
    for name in ("pictures/a.svg", "secret.png", "pictures/../secret.png", "pictures/%00.png"):
        assert client.get(f"/media/{name}").status_code == 404


@pytest.fixture
def drawn(settings, tmp_path):
    """A picture whose rendition lies on the disk, and the rendition's address."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "pictures").mkdir()
    picture = make_picture()
    (tmp_path / "pictures" / f"{picture.pk}-640.webp").write_bytes(b"RIFF")
    return picture, f"/media/pictures/{picture.pk}-640.webp"


@pytest.mark.parametrize("status", ["draft", "submitted", "scheduled", "retracted"])
def test_a_takedown_takes_its_pictures(client, drawn, status):
    picture, address = drawn
    story = make_story()
    UpdatePicture.objects.create(update=make_hidden_update(story, status, "x"), picture=picture)
    hidden = client.get(address)
    UpdatePicture.objects.create(update=make_published_update(story), picture=picture)
    shown = client.get(address)
    story.status = "withdrawn"
    story.withdrawn_at = START
    story.save()

    assert (hidden.status_code, shown.status_code) == (404, 200)
    assert shown.getvalue() == b"RIFF"
    assert shown.headers["Cache-Control"] == "public, max-age=30"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("place", ["lead_picture", "share_picture"])
@pytest.mark.parametrize(("status", "code"), [("draft", 404), ("live", 200), ("ended", 200)])
def test_a_storys_picture_is_served_with_it(client, drawn, place, status, code):
    picture, address = drawn
    make_story(status=status, **{place: picture})

    response = client.get(address)
    response.close()
    assert response.status_code == code


def test_name_that_stands_in_drafts_alone_is_unknown(client):
    story = make_story(status="draft", slug="d")
    cite(make_hidden_update(story, "draft", "x"), Source.objects.create(name="Leak"))

    assert client.get("/sources/leak/").status_code == 404
