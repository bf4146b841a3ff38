"""The front page, whole and as what keeps an open one current."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext

from liveblog.queries.regions import StoryRegions, regions_key
from liveblog.richtext import to_plain_text

from .addresses import absolute
from .external_media import with_cards
from .jsonld import list_data
from .moment import moment, zone_name
from .pages import in_readers_zone, page
from .pictures import figure_html, picture_with_file, with_pictures
from .recent import Recent
from .regions import entries_of, headline_size, state_of, status_of
from .social_cards import card_of_site
from .templates import render, speaking
from .update import doubt_of

MOST_LATEST = 5  # newest headlines of the first story
SEVERAL = 3  # of each one after it
KEY_EVENTS = 6  # beside them
OUTCOME = 200  # characters of what came of a story

_CARDS = Recent(500)


def front_page(regions: list[StoryRegions], *, now: datetime) -> SafeString:
    """Render the front page: active stories large, then quiet ones, then ended ones.

    Its times are in the site's zone, or its only story's.
    """
    stories = [each.story for each in regions]
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
            **in_readers_zone(_zone_of(stories)),
            **_cards(regions, now),
        )


def _social_card():
    text = gettext("Live coverage by %(publisher)s") % {"publisher": settings.PUBLISHER_NAME}
    language = settings.LANGUAGE_CODE
    return card_of_site(settings.SITE_NAME, text, url=absolute("/"), language=language)


def front_answer(regions: list[StoryRegions], *, now: datetime) -> dict:
    """Return what the front page shows now, as a JSON object: the same cards, by their keys."""
    with speaking(settings.LANGUAGE_CODE):
        timezone = _zone_of([each.story for each in regions])
        zone = gettext("Times: %(zone)s") % {"zone": zone_name(timezone)}
        return {**_cards(regions, now), "zone": zone, "timezone": timezone}


def _zone_of(stories):
    return stories[0].timezone if len(stories) == 1 else settings.TIME_ZONE


def _cards(regions, now):
    """Render the cards of each region; one at least, if but a notice, leads."""
    states = [(each, state_of(each.story, now)) for each in regions]
    leads, recent = _in_states(states, "live", "coming"), _in_states(states, "quiet", "ended")
    if not leads:
        leads, recent = recent[:1], recent[1:]
    zone = _zone_of([each.story for each in regions])
    make = partial(_card, now=now, zone=ZoneInfo(zone), alone=len(regions) == 1)
    empty = {"key": "none", "html": render("_front_empty.html")}
    return {
        "alone": len(regions) == 1,
        "leads": [make("_lead_card.html", each, is_first=each is leads[0]) for each in leads]
        or [empty],
        "recent": [make("_recent_card.html", each) for each in recent],
    }


def _in_states(states, *wanted):
    """Return the regions in these states, those in the first of them first."""
    return [each for state in wanted for each, its in states if its == state]


def _card(template, regions, *, now, zone, alone, is_first=False):
    """Return a story's card, rendered once for each of its changes."""
    story, way = regions.story, {"alone": alone, "is_first": is_first}
    clock = state_of(story, now), now.astimezone(zone).date(), str(zone), settings.LANGUAGE_CODE
    key = (*regions_key(story), *clock, *way.values())
    html = _CARDS.get(
        story.pk, template, key, lambda: _render_card(template, regions, now=now, zone=zone, **way)
    )
    return {"key": f"story-{story.uid}", "html": html}


def _render_card(template, regions, *, now, zone, alone, is_first):
    story = regions.story
    picture = picture_with_file(story)
    card = {
        "key": f"story-{story.uid}",
        "story": story,
        "address": story.get_absolute_url(),
        "status": status_of(story, now, zone),
        "headline_size": headline_size(story.headline),
        "summary": with_pictures(with_cards(story.summary_html), []),
        "checked": moment(story.summary_checked_at, zone),
        "latest": entries_of(regions.latest[: MOST_LATEST if is_first else SEVERAL], zone),
        "key_events": entries_of(regions.key_events[:KEY_EVENTS], zone) if alone else [],
        "outcome": _outcome(regions),
        "picture": figure_html(picture, place="lead", is_first=True) if picture else "",
    }
    return render(template, card=card, is_first=is_first)


def _outcome(regions):
    """Return the outcome of a story in a sentence: of its summary, else its newest headline."""
    story = regions.story
    known = to_plain_text(story.summary_html).partition("\n")[0]
    sure = (each.headline for each in regions.headlines if not doubt_of(each))
    newest = next(filter(None, sure), "")
    return Truncator(known).chars(OUTCOME) or newest or story.standfirst
