"""Cards of videos and posts, in every place that shows a text."""

import json

import pytest

from liveblog.rendering.external_media import NAMES, with_cards
from liveblog.richtext import clean, enrich
from tests.newsroom import make_published_update, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=4"
POST = "https://x.com/AP/status/20"
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"


def card_of(address):
    return with_cards(enrich(clean(f"<p>{address}</p>")))


def test_video_has_a_player_behind_a_link_to_itself():
    card = card_of(VIDEO.replace("&", "&amp;"))

    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=4" rel="noopener"' in card
    assert f'data-player="{PLAYER}"' in card
    assert "Video on YouTube" in card
    assert "Play" in card
    assert "<iframe" not in card


def test_unlisted_video_keeps_its_key():
    card = card_of("https://vimeo.com/76979871/8272103f6e")

    assert "https://player.vimeo.com/video/76979871?autoplay=1&amp;dnt=1&amp;h=8272103f6e" in card


@pytest.mark.parametrize(
    ("address", "title"),
    [
        (POST, "Post on X"),
        ("https://bsky.app/profile/apnews.com/post/3l7d2k4xq5c2a", "Post on Bluesky"),
        ("https://mastodon.social/@ana/113301234567", "Post on Mastodon"),
        ("https://t.me/rybar/65", "Post on Telegram"),
    ],
)
def test_post_is_a_link(address, title):
    card = card_of(address)

    assert f'<a href="{address}" rel="noopener"><strong>{title}</strong>' in card
    assert address.removeprefix("https://") in card
    assert "data-player" not in card


def test_every_provider_has_a_name():
    from liveblog.external_media import PROVIDERS

    assert {provider for provider, _ in PROVIDERS.values()} | {"mastodon"} == set(NAMES)


def test_words_that_look_like_a_card_are_words():
    forged = (
        '<p class="elsewhere" data-provider="x" data-id="1"><a rel="noopener" href="javascript:1">'
    )

    assert "data-provider" not in with_cards(enrich(clean(f"{forged}a</a></p>")))
    assert "<strong>" not in with_cards(enrich(clean(f"<p>{forged.replace('<', '&lt;')}</p>")))


def test_card_stands_on_every_page_and_a_plain_link_in_feeds(client, assert_valid_html):
    story = make_story(slug="s", introduction=f"<p>First.</p><p>{POST}</p>")
    update = make_published_update(story, body=f"<p>{VIDEO.replace('&', '&amp;')}</p>")

    pages = [
        client.get(address).text
        for address in ("/live/s/", "/live/s/embed/", f"/live/s/updates/{update.pk}/")
    ]
    data = json.loads(client.get("/live/s/changes/0").content)["changes"]
    feed = client.get("/live/s/feed.json").json()["items"][0]["content_html"]

    assert_valid_html(*pages)
    for html in (*pages, *(each["html"] for each in data if each["type"] == "update")):
        assert f'data-player="{PLAYER}"' in html
    assert "Post on X" in pages[0]
    assert "data-player" not in feed
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=4"' in feed


def test_readers_policy_admits_the_players_and_no_other_frame(client, settings):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert f"frame-src {' '.join(settings.PLAYERS.values())};" in policy
