"""Announce stories to a WebSub hub (W3C WebSub, 7) and to search engines (indexnow.org)."""

import json
import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from liveblog.models import Announcement, Story
from liveblog.publishing.delivery import Outcome, claim_announcement, finish_announcement

from .http import LONGEST, post, post_form

log = logging.getLogger(__name__)

FEEDS = ("atom.xml", "rss.xml", "feed.json")
MOST = 10  # announcements in one go
LEASE = 2 * len(FEEDS) * LONGEST + 15  # seconds: each feed is announced in turn


def announce_due(*, until: Callable[[], bool] = lambda: False) -> None:
    """Announce what waits, each once however many processes do this."""
    for _turn in range(MOST):
        row = None if until() else claim_announcement(seconds=LEASE)
        if row is None:
            return
        _announce(row)


def _announce(row: Announcement) -> None:
    outcome = SENDERS[row.channel](row.story)
    if outcome is not None and not outcome.is_received:
        log.warning("%s was not reached: %s", row.channel, outcome.error or outcome.status)
    finish_announcement(row, is_received=outcome is None or outcome.is_received)


def topics_of(story: Story) -> list[str]:
    """Return the addresses of all feeds in which a story's change shows."""
    own = [reverse(f"story_{name}", args=[story.slug]) for name in FEEDS]
    site = [reverse(f"site_{name}") for name in FEEDS]
    return [settings.SITE_URL + path for path in (*own, *site)]


def _ping_hub(story: Story) -> Outcome | None:
    if not settings.WEBSUB_HUB:
        return None  # switched off meanwhile
    for topic in topics_of(story):
        fields = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
        outcome = post_form(settings.WEBSUB_HUB, fields)
        if not outcome.is_received:
            return outcome
    return outcome


def _ping_search_engines(story: Story) -> Outcome | None:
    if not settings.INDEXNOW_KEY:
        return None
    data = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": settings.INDEXNOW_KEY,
        "keyLocation": settings.SITE_URL + reverse("indexnow_key"),
        "urlList": [settings.SITE_URL + story.get_absolute_url()],
    }
    headers = {"Content-Type": "application/json; charset=utf-8"}
    return post(settings.INDEXNOW_URL, json.dumps(data).encode(), headers)


SENDERS = {
    Announcement.Channel.WEBSUB: _ping_hub,
    Announcement.Channel.INDEXNOW: _ping_search_engines,
}
