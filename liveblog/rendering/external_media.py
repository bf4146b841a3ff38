"""Cards of videos and posts on other sites; nothing of theirs loads before a click."""

import re
from html import unescape

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from .templates import render

_PLACEHOLDER = re.compile(
    r'<p class="elsewhere" data-provider="(\w+)" data-id="([^"<>]*)">'
    r'<a rel="noopener" href="([^"<>]*)">[^<]*</a></p>'
)
NAMES = {
    "youtube": "YouTube",
    "vimeo": "Vimeo",
    "x": "X",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "telegram": "Telegram",
}


def with_cards(html: str) -> SafeString:
    """Put cards at a text's placeholders for external media."""
    return mark_safe(_PLACEHOLDER.sub(_card, html))  # noqa: S308 # nosec B308 B703 # clean text and our own cards


def _card(place):
    provider, id, address = place[1], unescape(place[2]), unescape(place[3])
    player = _player(provider, id)
    title = gettext("Video on %s") if player else gettext("Post on %s")
    return render(
        "_elsewhere.html",
        title=title % NAMES[provider],
        address=address,
        shown=address.partition("://")[2].removeprefix("www."),
        player=player,
    )


def _player(provider, id):
    """Return the address of a video's player; posts have none."""
    if provider not in settings.PLAYERS:
        return ""
    video, _, key = id.partition("/")
    asked = ["autoplay=1"]  # the click was for this
    if provider == "vimeo":
        asked += ["dnt=1", *([f"h={key}"] if key else [])]
    return f"{settings.PLAYERS[provider]}{video}?{'&'.join(asked)}"
