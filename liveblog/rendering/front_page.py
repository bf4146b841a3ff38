"""The front page, whole and as what keeps an open one current."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext

from liveblog.models import Story
from liveblog.richtext import to_plain_text

from .addresses import absolute
from .external_media import with_cards
from .jsonld import list_data
from .moment import moment, zone_name
from .pages import page
from .pictures import figure_html, picture_with_file, with_pictures
from .regions import entries_of, headline_size, status_of
from .social_cards import card_of_page
from .templates import render, speaking

MOST_LATEST = 5  # newest headlines of the first story
SEVERAL = 3  # of each one after it
KEY_EVENTS = 6  # beside them
OUTCOME = 200  # characters of what came of a story


def front_page(stories: list[Story], *, now: datetime) -> SafeString:
    """Render the front page: active stories large, then quiet ones, then ended ones.

    The stories come `with_parts`. Its times are in the site's zone, or its only story's.
    """
    with speaking(settings.LANGUAGE_CODE):
        return page(
            "front.html",
            canonical=absolute("/"),
            here="front",
            card=_social_card(),
            structured_data=list_data(
                settings.SITE_NAME,
                [(each.headline, each.get_absolute_url()) for each in stories],
                url=absolute("/"),
                language=settings.LANGUAGE_CODE,
            ),
            footer_zone=zone_name(_zone_of(stories)),
            **_cards(stories, now),
        )


def _social_card():
    text = gettext("Live coverage by %(publisher)s") % {"publisher": settings.PUBLISHER_NAME}
    image, language = absolute(reverse("site_card")), settings.LANGUAGE_CODE
    return card_of_page(settings.SITE_NAME, text, url=absolute("/"), image=image, language=language)


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
    zone = ZoneInfo(_zone_of(stories))
    cards = [
        _card(story, now, zone=zone, is_first=index == 0, alone=alone)
        for index, story in enumerate(stories)
    ]
    leads = [card for card in cards if card["status"]["state"] in {"live", "coming"}]
    recent = [card for card in cards if card["status"]["state"] == "quiet"]
    recent += [card for card in cards if card["status"]["state"] == "ended"]
    if not leads:
        leads, recent = recent[:1], recent[1:]
    empty = {"key": "none", "html": render("_front_empty.html")}
    return {
        "alone": alone,
        "leads": [
            _rendered("_lead_card.html", card, is_first=index == 0)
            for index, card in enumerate(leads)
        ]
        or [empty],
        "recent": [_rendered("_recent_card.html", card) for card in recent],
    }


def _card(story, now, *, zone, is_first, alone):
    key_events = story.latest_key_events if len(story.latest_key_events) > 1 else []
    latest = story.latest_headlines
    picture = picture_with_file(story)
    return {
        "key": f"story-{story.uid}",
        "story": story,
        "address": story.get_absolute_url(),
        "status": status_of(story, now, zone),
        "headline_size": headline_size(story.headline),
        "summary": with_pictures(with_cards(story.summary_html), []),
        "checked": moment(story.summary_checked_at, zone),
        "latest": entries_of(latest[: MOST_LATEST if is_first else SEVERAL], zone),
        "key_events": entries_of(key_events[:KEY_EVENTS], zone) if alone else [],
        "outcome": _outcome(story),
        "picture": figure_html(picture, place="lead", is_first=True) if picture else "",
    }


def _outcome(story):
    """Say in a sentence what came of a story: of what is known, else its newest headline."""
    known = to_plain_text(story.summary_html).partition("\n")[0]
    newest = story.latest_headlines[0].headline if story.latest_headlines else ""
    return Truncator(known).chars(OUTCOME) or newest or story.standfirst


def _rendered(name, card, *, is_first=False):
    return {"key": card["key"], "html": render(name, card=card, is_first=is_first)}
