"""Who says so: finds in prose the agencies, outlets, bodies and people that it rests on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from . import vocabulary
from .phrases import find_phrases
from .signatures import find_signatures
from .sources import (
    AGENCY,
    OFFICIAL,
    OUTLET,
    PERSON,
    Source,
    credited,
    find_source,
    guess_kind,
    longest_spelling,
    most_words,
)

__all__ = ["Citation", "Source", "credited", "find_citations"]

REPORTED_BY, QUOTED = "reported_by", "quoted"
MOST_WORDS = 6
_WINDOW = 240  # characters after a cue that can hold the names

_AUXILIARY = re.compile(r"\s(?:has|have|had|ha|a|hat|haben|heeft|har)$")
_WORD = re.compile(r"[^\W_](?:[\w’'&./-]*\w)?")
_SPOKEN = re.compile(r"[\w’'-]+[ \xa0]")
_QUOTE = re.compile(r"[\"“«„]")
_PARTICLES = {"de", "del", "la", "las", "los", "van", "von", "der", "den", "of", "al", "el", "da"}
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDING = re.compile(r"(?:['’:-]\w{1,6}|['’])$")


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
        if source := _known_before(text[max(0, start - 80) : start]):
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
    source, end = _known_at(window, position)
    if not source:
        # “the” may belong to the name: The Hindu, El País.
        source, end = _known_at(window, 0)
    if not source and is_open:
        at = position if noun or not article else 0
        source, end = _unknown_at(window, at, noun=noun, is_said=is_said)
    while source and (is_open or source.kind != OFFICIAL):
        yield start, Citation(source, _role(source))
        join = _join(window, end)
        source, end = _known_at(window, join) if join else (None, end)
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
        is_noun = _is_noun(word[0].strip())
        # A noun's own adjective may come before it; a capital begins a name.
        if is_noun and not (word[0][0].isupper() and find_source(word[0].strip())):
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


@cache
def _nouns():
    return {kind: vocabulary.any_of(vocabulary.words(kind)) for kind in (AGENCY, OUTLET)}


def _is_noun(word):
    is_written_so = word[:1].islower() or word in vocabulary.written(AGENCY)
    return is_written_so and any(noun.fullmatch(word) for noun in _nouns().values())


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


def _words_at(window, position):
    """Return the words from here on as (text, end), spaces between them and nothing else."""
    words: list[tuple[str, int]] = []
    while len(words) <= MOST_WORDS and (match := _WORD.match(window, position)):
        words.append((match[0], match.end()))
        position = match.end()
        if window[position : position + 1] not in {" ", "\xa0"}:
            break
        position += 1
    return words


def _known_at(window, position):
    """Return the known source with the longest spelling here, and where it ends."""
    words = _words_at(window, position)
    if words and not _may_begin_name(words[0][0]):
        return None, position
    for size in range(min(len(words), most_words()), 0, -1):
        end = words[size - 1][1]
        spelling = window[position:end]
        if source := _find(spelling):
            return source, end
        if "/" in spelling and size == 1 and (source := find_source(spelling.split("/")[0])):
            return source, position + spelling.index("/")
    return None, position


def _may_begin_name(word):
    return not word[0].islower() or word.casefold() in {"dpa", "the", "imago", "epd", "ntv", "taz"}


def _find(spelling):
    """Return a known source, also in another case of its name: `Anadolu'nun`, `Укрінформу`."""
    if source := find_source(spelling):
        return source
    if source := find_source(_ENDING.sub("", spelling)):
        return source
    if len(spelling) >= 6 and (spelling[0] > "\u0250" or spelling.endswith(("n", "in"))):
        return find_source(spelling[:-1]) or find_source(spelling[:-2])
    return None


def _known_before(text):
    """Return the agency or outlet whose name ends here: `… Afp` before `reports`."""
    text = text.rstrip()
    auxiliary = _AUXILIARY.search(text)
    text = text[: auxiliary.start()] if auxiliary else text
    words = re.split(r"[ \xa0]", text)[-5:]
    for size in range(len(words), 0, -1):
        spelling = " ".join(words[-size:]).strip('"“”«»(),—–')
        source = spelling and _find(spelling)
        if source and source.kind in {AGENCY, OUTLET} and _may_begin_name(spelling.split()[0]):
            return source
    return None


def _unknown_at(window, position, *, noun, is_said):
    """Return a run of capitalised words as a source, unless it only qualifies what follows."""
    words = _words_at(window, position)
    run = _run(words)
    if not run:
        return None, position
    end = run[-1][1]
    name = window[position:end]
    after = words[len(run) : len(run) + 1]
    qualifies = after and vocabulary.fold(after[0][0]) not in vocabulary.words("after_name")
    if re.search(r"['’]s?$", name) or (qualifies and window[end : end + 1] == " " and not noun):
        return None, position
    otherwise = OUTLET if noun or not is_said else PERSON
    is_agency = _nouns()[AGENCY].search(noun) is not None
    return Source(name, AGENCY if is_agency else guess_kind(name, otherwise=otherwise)), end


def _run(words):
    run: list[tuple[str, int]] = []
    for word, end in words[:MOST_WORDS]:
        if not (word[0].isupper() or (run and word in _PARTICLES)):
            break
        run.append((word, end))
    while run and run[-1][0] in _PARTICLES:
        run.pop()
    return run
