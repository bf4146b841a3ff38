"""Find the phrases of a table in a text; each word is read once."""

import re
from collections.abc import Iterator
from functools import cache

from . import vocabulary

_WORD = re.compile(r"[^\s.,;:!?()\[\]«»“”„\"…。、，：|•·–—/+।॥؟،؛۔։<>]+")
# An article that an apostrophe joins to a name is a word of its own: `all'Ansa`, `d'après`.
_WORD_OR_ARTICLE = re.compile(rf"[^\W\d_]{{1,6}}['’](?=\w)|{_WORD.pattern}")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def phrase_at_start(text: str, table: str) -> int:
    """Return where a phrase with which the text begins ends; 0 where it begins with none."""
    spoken, ends = _first_words(text, 5)
    for size in range(len(spoken), 0, -1):
        if " ".join(spoken[:size]) in vocabulary.words(table):
            return ends[size - 1]
    if _UNSPACED.match(text):
        found = [each for each in _unspaced(table) if text.startswith(each)]
        return len(max(found, key=len)) if found else 0
    return 0


def phrase_at_end(text: str, table: str) -> int:
    """Return where a phrase with which the text ends begins; -1 where it ends with none."""
    words = list(_WORD.finditer(text, max(0, len(text) - 60)))[-4:]
    for first in range(len(words)):
        spoken = " ".join(vocabulary.fold(word[0]) for word in words[first:])
        if spoken in vocabulary.words(table):
            return words[first].start()
    if _UNSPACED.match(text[-1:]):
        found = [each for each in _unspaced(table) if text.endswith(each)]
        return len(text) - len(max(found, key=len)) if found else -1
    return -1


def find_phrases(text: str, table: str) -> Iterator[tuple[int, int, str]]:
    """Find the phrases of a table in spaced text: where each begins and ends, and itself."""
    phrases = _without_elisions(table)
    found = _WORD_OR_ARTICLE.finditer(text)
    words = [(vocabulary.fold(word[0]), word.start(), word.end()) for word in found]
    for index, (word, start, _) in enumerate(words):
        for phrase in phrases.get(word, ()):
            spoken = words[index : index + len(phrase)]
            if tuple(each[0] for each in spoken) == phrase:
                yield start, spoken[-1][2], " ".join(phrase)
                break


def _first_words(text, most):
    spoken: list[str] = []
    ends: list[int] = []
    for word in _WORD.finditer(text[:100]):
        if len(ends) == most or (ends and text[ends[-1] : word.start()].strip(" \xa0.")):
            break
        spoken.append(vocabulary.fold(word[0]))
        ends.append(word.end())
    return spoken, ends


@cache
def _unspaced(table):
    return tuple(each for each in vocabulary.words(table) if _UNSPACED.match(each))


@cache
def by_first_word(table):
    """Return each phrase as its words, by the first of them, the longest first."""
    return _by_first(phrase.split() for phrase in vocabulary.words(table))


@cache
def _without_elisions(table):
    return _by_first(_WORD_OR_ARTICLE.findall(phrase) for phrase in vocabulary.words(table))


def _by_first(phrases):
    found: dict[str, list[tuple[str, ...]]] = {}
    for spoken in map(tuple, phrases):
        found.setdefault(spoken[0], []).append(spoken)
    return {word: sorted(each, key=len, reverse=True) for word, each in found.items()}
