"""The words of a text as they are searched: the same in every database, whatever its locale.

Case, accents and kinds of apostrophes make no difference. Scripts that write no spaces
between words are searched sign by sign, one after the other.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

LONGEST_WORD = 64  # letters that count; PostgreSQL takes no word of 2 KB
LONGEST_TEXT = 100_000  # characters that are searched; a vector may have 1 MB
BREAK = "\n"  # a word between the parts of a text, so that no phrase spans two of them

# Han, kana, bopomofo; Thai, Lao, Myanmar, Khmer (UAX #29, 4: they want a dictionary).
_UNSPACED = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6"
    "\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3"
)
_MARKS = "".join(
    chr(code) for code in range(0x300, 0xFE30) if unicodedata.category(chr(code))[0] == "M"
)
# Letters that only look like apostrophes.
_APOSTROPHES = "\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u055a\u05f3\ua78c"
_PART = rf"[^\W_{_UNSPACED}{_APOSTROPHES}]"
_WORD = re.compile(rf"[{_UNSPACED}][{_MARKS}]*|{_PART}(?:{_PART}|[{_MARKS}])*")

_ACCENTS = re.compile(r"(?<=[a-z\u0370-\u03ff])[\u0300-\u036f]+")  # of Latin and Greek
_STRESS = re.compile(r"[\u0300\u0301]|(?<=\u0435)\u0308")  # of Cyrillic; ё is е as often
_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0670]")  # Hebrew, Arabic
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)


class Word(NamedTuple):
    """A word as it is searched, and its position in the text."""

    folded: str
    start: int
    end: int


def read_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order."""
    for found in _WORD.finditer(unicodedata.normalize("NFC", text)):
        for folded in _fold_word(found[0]):
            yield Word(folded, *found.span())


def _fold_word(word):
    # Longer ones would fill the memory.
    return _fold_known(word) if len(word) <= LONGEST_WORD else _fold_anew(word)


def _fold_anew(word) -> list[str]:
    # A letter may become several: № is no, and half a word of another script.
    return [each[:LONGEST_WORD] for each in _WORD.findall(fold(word))]


_fold_known = lru_cache(20_000)(_fold_anew)  # the same words come again and again


def fold(text: str) -> str:
    """Return a text in small letters without accents."""
    small = text.casefold()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFKD", small).casefold()
    plain = _POINTS.sub("", _STRESS.sub("", _ACCENTS.sub("", apart)))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


def search_words(*texts: str) -> str:
    """Return the words of some texts in a row, a space before and after each."""
    row = f" {BREAK} ".join(map(_words_in_a_row, texts))[:LONGEST_TEXT]
    return f" {row} "


def _words_in_a_row(text):
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return " ".join(chain.from_iterable(map(_fold_word, words)))


def is_unspaced(word: str) -> bool:
    """Tell whether a word is a sign of a script that writes no spaces."""
    return bool(re.match(f"[{_UNSPACED}]", word))
