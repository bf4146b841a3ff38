"""The page of a search: its form, and what was found with the words asked for marked."""

import re
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from liveblog.models import Story
from liveblog.queries.search import Found
from liveblog.richtext import to_plain_text

from .moment import moment, zone_name
from .pages import absolute, page
from .update import update_address

WORD = re.compile(r"(\w+)")
BEFORE, AFTER = 12, 30  # words shown around the first that was asked for


def search_page(found: Found, *, asked: str, story: Story | None = None) -> SafeString:
    """Render what was found in a story, or in all; `asked` as the reader wrote it."""
    zone = story.zone if story else ZoneInfo(settings.TIME_ZONE)
    language = story.language if story else settings.LANGUAGE_CODE
    address = reverse("story_search", args=[story.slug]) if story else reverse("search")
    with translation.override(language):
        return page(
            "search.html",
            language=language,
            canonical=absolute(address),
            here="" if story else "search",
            story=story,
            search_address=address,
            asked=asked,
            found=found,
            stories=[_story(each, found.words, zone) for each in found.stories],
            results=[_update(each, found.words, zone) for each in found.updates],
            count=len(found.stories) + len(found.updates),
            footer_zone=zone_name(story.timezone if story else settings.TIME_ZONE),
        )


def _story(story, words, zone):
    return {
        "story": story,
        "at": moment(story.last_updated_at, zone),
        "headline": marked(story.headline, words),
        "text": marked(story.standfirst, words),
    }


def _update(update, words, zone):
    text = marked(excerpt(to_plain_text(update.body), words), words)
    return {
        "update": update,
        "address": update_address(update),
        "at": moment(update.published_at, zone),
        "headline": marked(update.headline, words) if update.headline else text,
        "text": text if update.headline else [],
        "sources": list(dict.fromkeys(each.source.credit for each in update.attributions.all())),
    }


def marked(text: str, words: frozenset[str]) -> list[dict]:
    """Cut a plain text into pieces, words asked for or what lies between them.

    The template escapes them one by one, and marks the former.
    """
    parts = ((each.lower() in words, each) for each in WORD.split(text) if each)
    return [
        {"text": "".join(each for _, each in run), "is_asked": is_asked}
        for is_asked, run in groupby(parts, itemgetter(0))
    ]


def excerpt(text: str, words: frozenset[str]) -> str:
    """Return the words around the first that was asked for, else the first words."""
    text = " ".join(text.split())
    asked = next((each for each in WORD.finditer(text) if each[0].lower() in words), None)
    before = text[: asked.start()].split(" ") if asked else []
    start = " ".join(["", *before[:-BEFORE]]).strip() if len(before) > BEFORE else ""
    cut = text[len(start) :].lstrip() if start else text
    shown = Truncator(cut).words(BEFORE + AFTER, truncate=" …")
    return f"… {shown}" if start else shown
