"""The page of a search: its form, and what was found with the words asked for marked."""

import unicodedata
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString

from liveblog.addresses import address_of
from liveblog.models import Story
from liveblog.queries.search import Found, Query
from liveblog.richtext import to_plain_text
from liveblog.search_words import read_words

from .moment import moment
from .pages import absolute, in_readers_zone, page
from .templates import speaking
from .update import doubt_label, update_address

BEFORE, AFTER, NEAR = 80, 200, 30  # characters shown around the first that was asked for


def search_page(found: Found, *, asked: str, story: Story | None = None) -> SafeString:
    """Render what was found in a story, or in all; `asked` as the reader wrote it."""
    timezone = story.timezone if story else settings.TIME_ZONE
    language = story.language if story else settings.LANGUAGE_CODE
    address = address_of("story_search", story.slug) if story else address_of("search")
    zone = ZoneInfo(timezone)
    with speaking(language):
        return page(
            "search.html",
            language=language,
            canonical=absolute(address),
            here="" if story else "search",
            story=story,
            search_address=address,
            asked=asked,
            found=found,
            stories=[_story(each, found.query, zone) for each in found.stories],
            results=[_update(each, found.query, zone) for each in found.updates],
            count=len(found.stories) + len(found.updates),
            **in_readers_zone(timezone),
        )


def _story(story, query, zone):
    return {
        "story": story,
        "at": moment(story.last_updated_at, zone),
        "headline": marked(story.headline, query),
        "text": marked(story.standfirst, query),
    }


def _update(update, query, zone):
    text = marked(excerpt(to_plain_text(update.body), query), query)
    return {
        "update": update,
        "address": update_address(update),
        "at": moment(update.published_at, zone),
        "doubt": doubt_label(update),
        "headline": marked(update.headline, query) if update.headline else text,
        "text": text if update.headline else [],
        "sources": list(dict.fromkeys(each.source.credit for each in update.attributions.all())),
    }


def marked(text: str, query: Query) -> list[dict]:
    """Cut a plain text into pieces, words asked for or what lies between them.

    The template escapes them one by one, and marks the former.
    """
    text = unicodedata.normalize("NFC", text)
    pieces, at = [], 0
    for start, end in _places(text, query):
        pieces += [{"text": text[at:start], "is_asked": False}] if start > at else []
        pieces.append({"text": text[start:end], "is_asked": True})
        at = end
    return [*pieces, {"text": text[at:], "is_asked": False}] if at < len(text) else pieces


def excerpt(text: str, query: Query) -> str:
    """Return the words around the first that was asked for, else the first words."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    first = next(iter(_places(text, query)), (0, 0))[0]
    start = _at_space(text, first - BEFORE) if first > BEFORE else 0
    end = _at_space(text, first + AFTER) if first + AFTER < len(text) else len(text)
    shown = text[start:end].strip()
    return f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}"


def _at_space(text, place):
    """Return the next place between words; the same where none is near."""
    space = text.find(" ", place, place + NEAR)
    return place if space < 0 else space


def _places(text, query):
    """Return where the terms are in a text, in their order, joined where they touch."""
    words = list(read_words(text))
    folded = [word.folded for word in words]
    spans = sorted(
        (words[start].start, words[end - 1].end)
        for term in query.terms
        for start, end in term.spans_in(folded)
    )
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
