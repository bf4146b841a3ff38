"""What a line looks like: a sentence, a headline, a quotation, an item of a list."""

import re
import unicodedata
from functools import cache

from . import vocabulary
from .sources import find_source, longest_spelling

MOST_IN_HEADLINE = 140

# Latin, CJK, Devanagari, Urdu, Armenian, Ethiopic, Myanmar, Khmer, Tibetan, Sinhala, Mongolian …
FULL_STOPS = ".…。।॥۔．｡։።။។།෴᠃᙮꓿"
SENTENCE_ENDS = FULL_STOPS + "!?！？؟"
CLOSING = "\"'”’»›“‘«‹)]}」』）］】〉》"
SPACES = " \t\xa0\u2009\u202f\u3000\u200e\u200f"
_OPENING = {")": "(", "]": "[", "）": "（", "］": "［", "】": "【"}
_QUOTES = {
    '"': '"',
    "'": "'",
    "“": "”",
    "‘": "’",
    "«": "»",
    "‹": "›",
    "„": "“”",
    "‚": "‘’",
    "»": "«",
    "”": "”",
    "’": "’",
    "「": "」",
    "『": "』",
}
_BULLETS = ("•", "·", "▪", "■", "●", "○", "►", "▶", "✔", "✅", "➡", "→", "- ", "– ", "— ", "* ")
# U.S., a.m., EE.UU., т.д.
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}\.")
_ONE_LETTER = re.compile(r"[^\W\d_]\.")
_SIGNATURE_SIGNS = " \t\xa0-–—/|=＝（(［[】】)）]."
_NO_STOPS = re.compile("[\u0e00-\u0eff]")  # Thai and Lao end sentences with a space
_SENTENCE_WITHOUT_STOP = 80
_SIGNS = {"So", "Sk", "Cf", "Zs"}
_ADDRESS = re.compile(r"https?://[!-~]+")


def ends_in_full_stop(text: str) -> bool:
    """Whether a sentence ends here, in or out of quotes and before an agency's signature.

    An abbreviation's stop is none.
    """
    text = text[-400:] if len(text) > 400 else text
    text = _without_signs(text)
    if _last_stop(text):
        return not ends_in_abbreviation(text)
    if _NO_STOPS.search(text) and len(text) > _SENTENCE_WITHOUT_STOP:
        return True
    before = _without_bracket(text)
    if before != text:
        return bool(before) and _last_stop(before)
    return _is_signed(text)


def ends_in_abbreviation(text: str) -> bool:
    """Whether the text ends in a stop that belongs to an abbreviation: `U.S.`, `8 p. m.`."""
    words = text[-60:].rstrip(CLOSING + SPACES).split()[-2:]
    words = [word.lstrip("([{\"'“‘«„¿¡") for word in words]
    if not words or not words[-1].endswith("."):
        return False
    return (
        words[-1] in abbreviations()
        or _INITIALS.fullmatch(words[-1]) is not None
        or (len(words) == 2 and all(map(_ONE_LETTER.fullmatch, words)))
    )


@cache
def abbreviations() -> frozenset[str]:
    return vocabulary.written("abbreviations") | vocabulary.written("titles")


def is_headline(text: str) -> bool:
    """Whether one line may be an update's headline, by its form."""
    return (
        len(text) <= MOST_IN_HEADLINE
        and not text.rstrip(SPACES).endswith((":", "："))
        and not ends_in_full_stop(text)
        and not is_quotation(text)
        and not is_list_item(text)
        and not is_address(text)
        and any(map(str.isalnum, text))
    )


def is_list_item(text: str) -> bool:
    return text.startswith(_BULLETS)


def is_address(text: str) -> bool:
    """Whether the text is one web address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def is_quotation(text: str) -> bool:
    """Whether one pair of quotation marks holds the whole text."""
    text = text.strip(SPACES)
    closing = _QUOTES.get(text[:1], "")
    if len(text) < 2 or not closing or text[-1] not in closing:
        return False
    depth = 1
    for index in range(1, len(text) - 1):
        depth += _quote_step(text, index, closing)
        if depth == 0:
            return False
    return True


def begins_lower_case(text: str) -> bool:
    """Whether the first letter is a small one: the line goes on with a sentence."""
    first = next((character for character in text[:10] if character.isalpha()), "")
    return first.islower()


def _without_signs(text):
    """Take off emoji and marks after a sentence."""
    end = len(text)
    while end and (unicodedata.category(text[end - 1]) in _SIGNS or text[end - 1] == "\ufe0f"):
        end -= 1
    return text[:end]


def _last_stop(text):
    return text.rstrip(CLOSING + SPACES).endswith(tuple(FULL_STOPS))


def _without_bracket(text):
    """Return what is before a bracket at the end: `… at six. (Reuters)`."""
    opening = _OPENING.get(text[-1:])
    at = text.rfind(opening, max(0, len(text) - 70)) if opening else -1
    return text[:at].rstrip(SPACES) if at > 0 else text


def _is_signed(text):
    """Whether a known source alone follows the last stop: `… at six. — AFP`."""
    stop = max(text.rfind(mark) for mark in FULL_STOPS)
    tail = text[stop + 1 :].lstrip(CLOSING).strip(_SIGNATURE_SIGNS) if stop > 0 else ""
    if not 0 < len(tail) <= longest_spelling():
        return False
    return all(find_source(part.strip()) for part in re.split(r"[/=＝]", tail))


def _quote_step(text, index, closing):
    """Return what the mark at `index` does to the number of open quotation marks."""
    mark = text[index]
    between_letters = text[index - 1].isalnum() and text[index + 1].isalnum()
    if mark in "'’‘" and between_letters:
        return 0
    if mark in closing:
        return -1
    return 1 if mark == text[0] else 0
