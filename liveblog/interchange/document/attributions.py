"""Who says so: finds in prose the agencies, outlets, bodies and people that it rests on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from . import vocabulary
from .phrases import find_phrases
from .signatures import find_signatures
from .source_names import is_noun, known_at, known_before, unknown_at
from .sources import (
    AGENCY,
    OFFICIAL,
    OUTLET,
    Source,
    credited,
    find_source,
    longest_spelling,
)

__all__ = ["Citation", "Source", "credited", "find_citations"]

REPORTED_BY, QUOTED = "reported_by", "quoted"
_WINDOW = 240  # characters after a cue that can hold the names

_SPOKEN = re.compile(r"[\w’'-]+[ \xa0]")
_QUOTE = re.compile(r"[\"“«„]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A source in the part it plays for one text."""

    source: Source
    role: str


def find_citations(texts: Iterable[str]) -> list[Citation]:
    """Return what the paragraphs cite, each source once in each role, in order."""
    found: dict[tuple[str, str], Citation] = {}
    for text in texts:
        for _, citation in sorted(_cited(text), key=lambda at: at[0]):
            found.setdefault((citation.source.slug, citation.role), citation)
    return [citation for (slug, _), citation in found.items() if slug]


def _cited(text: str) -> Iterator[tuple[int, Citation]]:
    # After these comes any name; after `reporting` only a known one: people are told things too.
    for _, end, _phrase in find_phrases(text, "according_to"):
        yield from _names_after(text, end, is_open=True, is_said=True)
    for _, end, _phrase in find_phrases(text, "reported_by"):
        yield from _names_after(text, end, is_open=True, is_said=False)
    for _, end, _phrase in find_phrases(text, "reporting"):
        yield from _names_after(text, end, is_open=False, is_said=False)
    for start, end, _phrase in find_phrases(text, "says"):
        yield from _named_last(text, end)
        if source := known_before(text[max(0, start - 80) : start]):
            yield start, Citation(source, REPORTED_BY)
    for start, source in find_signatures(text):
        yield start, Citation(source, REPORTED_BY)
    if _CJK.search(text):
        yield from _cited_unspaced(text)


def _named_last(text, end):
    """Find a known name that ends the clause behind its verb: `…, meldet dpa.`"""
    for position, citation in _names_after(text, end, is_open=False, is_said=False):
        after = text[end:].lstrip()
        name_end = after.find(citation.source.name) + len(citation.source.name)
        if after[name_end : name_end + 1] in {"", ".", ",", ";", ")", ":", "!", "?"}:
            yield position, citation


def _cited_unspaced(text):
    """Find cues of scripts without spaces, and the known name that ends where one begins."""
    for cue in _unspaced_cues().finditer(text):
        before = text[max(0, cue.start() - longest_spelling()) : cue.start()].rstrip(" 」』》")
        for size in range(len(before), 1, -1):
            name = before[-size:]
            if (source := find_source(name)) and _begins_name(before, size):
                yield cue.start(), Citation(source, _role(source))
                break


def _begins_name(before, size):
    """Whether a name of Latin letters is not the end of a longer word."""
    rest = before[:-size]
    return not (rest[-1:].isascii() and rest[-1:].isalnum() and before[-size].isascii())


@cache
def _unspaced_cues():
    return vocabulary.any_of(each for each in vocabulary.words("says") if _CJK.search(each))


def _names_after(text, start, *, is_open, is_said):
    window = text[start : start + _WINDOW].lstrip(" \xa0")
    position, article, noun = _filler(window)
    source, end = known_at(window, position)
    if not source:
        # “the” may belong to the name: The Hindu, El País.
        source, end = known_at(window, 0)
    if not source and is_open:
        at = position if noun or not article else 0
        source, end = unknown_at(window, at, noun=noun, is_said=is_said)
    while source and (is_open or source.kind != OFFICIAL):
        yield start, Citation(source, _role(source))
        join = _join(window, end)
        source, end = known_at(window, join) if join else (None, end)
        source = source if source and source.kind in {AGENCY, OUTLET} else None


def _filler(window):
    """Skip `the news agency`: return where the name may begin, the article, the noun."""
    position = _after_article(window, 0)
    article = window[:position]
    noun_end = 0
    end = position
    for _ in range(4):
        word = _SPOKEN.match(window, end)
        if not word or word[0][0].isdigit():
            break
        end = word.end()
        is_kind = is_noun(word[0].strip())
        # A noun's own adjective may come before it; a capital begins a name.
        if is_kind and not (word[0][0].isupper() and find_source(word[0].strip())):
            noun_end = end
        elif word[0][0].isupper() and not noun_end:
            break
    start = noun_end or position
    noun = window[position:noun_end]
    quote = _QUOTE.match(window, start)
    return (quote.end() if quote else start), article, noun


def _after_article(window, position):
    folded = vocabulary.fold(window[:8])
    for article in sorted(vocabulary.words("articles"), key=len, reverse=True):
        if folded.startswith(article):
            end = len(article)
            if article.endswith("'"):
                return end
            if window[end : end + 1] in {" ", "\xa0"}:
                return end + 1
    return position


def _join(window, end):
    """Return where a further name of the list begins: `Efe, AFP and Reuters`."""
    position = end + (window[end : end + 1] in {"”", "»", '"'})
    rest = window[position : position + 12]
    stripped = rest.lstrip(" \xa0")
    if stripped[:1] in {",", "/", "、"}:
        position += len(rest) - len(stripped) + 1
        position += len(window[position:]) - len(window[position:].lstrip(" \xa0"))
    word = re.compile(r"[ \xa0]?(\w+)[ \xa0]").match(window, position)
    if word and vocabulary.fold(word[1]) in vocabulary.words("and"):
        position = word.end()
    elif stripped[:1] not in {",", "/", "、"}:
        return 0
    return position + 4 if window[position : position + 4].lower() == "the " else position


def _role(source):
    return REPORTED_BY if source.kind in {AGENCY, OUTLET} else QUOTED
