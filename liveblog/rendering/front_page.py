"""The front page, whole and as what keeps an open one current."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from liveblog.models import Story

from .addresses import absolute
from .moment import zone_name
from .pages import page
from .pictures import figure_html
from .regions import entries_of, status_of
from .templates import render, speaking

SEVERAL = 3  # headlines of each story on a front page that has several
ALONE = 8  # headlines of the only one


def front_page(stories: list[Story], *, now: datetime) -> SafeString:
    """Render the front page: active stories large, then quiet ones, then ended ones.

    The stories come `with_parts`. Its times are in the site's zone, or its only story's.
    """
    with speaking(settings.LANGUAGE_CODE):
        return page(
            "front.html",
            canonical=absolute("/"),
            here="front",
            footer_zone=zone_name(_zone_of(stories)),
            **_cards(stories, now),
        )


def front_answer(stories: list[Story], *, now: datetime) -> dict:
    """Return what the front page shows now, as a JSON object: the same cards, by their keys."""
    with speaking(settings.LANGUAGE_CODE):
        zone = gettext("Times: %(zone)s") % {"zone": zone_name(_zone_of(stories))}
        return {**_cards(stories, now), "zone": zone}


def _zone_of(stories):
    return stories[0].timezone if len(stories) == 1 else settings.TIME_ZONE


def _cards(stories, now):
    """Render the cards of each region; one at least, if but a notice, leads."""
    alone = len(stories) == 1
    zone, most = ZoneInfo(_zone_of(stories)), ALONE if alone else SEVERAL
    cards = [_card(story, now, zone=zone, most=most) for story in stories]
    leads = [card for card in cards if card["status"]["state"] in {"live", "coming"}]
    recent = [card for card in cards if card["status"]["state"] == "quiet"]
    recent += [card for card in cards if card["status"]["state"] == "ended"]
    if not leads:
        leads, recent = recent[:1], recent[1:]
    empty = {"key": "none", "html": render("_front_empty.html")}
    return {
        "alone": alone,
        "leads": [_rendered("_lead_card.html", card) for card in leads] or [empty],
        "recent": [_rendered("_recent_card.html", card) for card in recent],
    }


def _card(story, now, *, zone, most):
    key_events = story.latest_key_events
    updates = key_events if len(key_events) > 1 else story.latest_headlines
    picture = story.lead_picture
    return {
        "key": f"story-{story.uid}",
        "story": story,
        "address": story.get_absolute_url(),
        "status": status_of(story, now, zone),
        "are_key_events": len(key_events) > 1,
        "entries": entries_of(updates[:most], zone),
        "picture": figure_html(picture, place="lead", is_first=True) if picture else "",
    }


def _rendered(name, card):
    return {"key": card["key"], "html": render(name, card=card)}
