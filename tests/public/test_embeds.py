"""A story inside other people's pages."""

import re

import pytest

from liveblog.models import OldAddress
from tests.newsroom import (
    START,
    make_hidden_update,
    make_published_update,
    make_story,
    make_updates,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def frame_rules(response):
    return "X-Frame-Options" in response.headers, re.findall(
        r"frame-ancestors (\S+)", response.headers["Content-Security-Policy"]
    )


def test_embed_shows_the_newest_ten_and_the_way_to_the_story(client, settings, assert_valid_html):
    settings.SITE_URL = "https://live.example.org"
    make_updates(make_story(slug="s", headline="A bridge", standfirst="Long words."), 25)

    page = client.get("/live/s/embed/").text

    assert_valid_html(page)
    assert page.count("<article") == 10
    assert "Update number 26" in page
    assert '<base target="_blank">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="https://live.example.org/live/s/">' in page
    assert page.count('href="https://live.example.org/live/s/"') == 3
    assert 'class="whole pager"' in page
    assert "Long words." not in page


def test_embed_of_a_short_story_holds_all_of_it(client):
    make_updates(make_story(slug="s"), 3)

    assert "pager" not in client.get("/live/s/embed/").text


def test_embed_is_the_only_address_that_may_be_framed(client):
    update = make_published_update(make_story(slug="s"))
    make_story(slug="gone", status="withdrawn", withdrawn_at=START)

    for address in ("/live/s/embed/", "/live/gone/embed/", "/live/none/embed/"):
        assert frame_rules(client.get(address)) == (False, ["*"]), address
    for address in ("/", "/live/s/", f"/live/s/updates/{update.pk}/", "/live/gone/", "/embed.js"):
        assert frame_rules(client.get(address)) == (True, ["'none'"]), address


def test_unchanged_embed_may_still_be_framed(client):
    make_updates(make_story(slug="s"), 1)
    etag = client.get("/live/s/embed/").headers["ETag"]

    unchanged = client.get("/live/s/embed/", headers={"if-none-match": etag})

    assert unchanged.status_code == 304
    assert frame_rules(unchanged) == (False, ["*"])


def test_embed_of_an_old_address_moves_with_its_story(client):
    OldAddress.objects.create(slug="old", story=make_story(slug="new"))

    moved = client.get("/live/old/embed/?utm_source=x")

    assert (moved.status_code, moved.headers["Location"]) == (
        301,
        "/live/new/embed/?utm_source=x",
    )


def test_embed_of_a_withdrawn_story_says_so_in_little(client):
    make_story(slug="gone", status="withdrawn", withdrawn_at=START, headline="SECRET")

    page = client.get("/live/gone/embed/")

    assert page.status_code == 410
    assert "This story was withdrawn on 25 Oct 2024" in page.text
    assert "SECRET" not in page.text
    assert "masthead" not in page.text


def test_embed_of_a_draft_story_is_unknown(client):
    make_hidden_update(make_story(slug="d", status="draft"), "draft", "x")

    assert client.get("/live/d/embed/").status_code == 404


def test_loader_is_small_and_always_at_the_same_address(client):
    loader = client.get("/embed.js")

    assert loader.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "max-age=3600" in loader.headers["Cache-Control"]
    assert len(loader.content) <= 1024
    assert not loader.cookies
