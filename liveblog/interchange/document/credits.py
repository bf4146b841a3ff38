"""The credit at the end of a picture's caption, in the forms that publishers use."""

import re

from . import vocabulary
from .line_shapes import CLOSING, SENTENCE_ENDS, SPACES, ends_in_abbreviation
from .phrases import by_first_word
from .sources import AGENCY, find_source

MOST_IN_CREDIT = 80
MOST_IN_GLUED_CREDIT = 40

_MOST_IN_SHORT_CAPTION = 240

_WORD = re.compile(r"[^\s.,;:!?()\[\]{}|/©=＝：／՝（）【】［］。—–-]+\.?")
_LABEL_SIGN = re.compile(r"\s?[:：=＝／՝]\s?|\s?[-–—|]\s")
_COPYRIGHT = re.compile(r"(?:©|\([cC]\)|(?<!\w)[Cc]opyright(?!\w))\s?(?:\d{4}\s?)?(?:by\s)?")
_GLUED_LABEL = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,6}(?=[:：=＝／/])")
_DASH = re.compile(r"\s[—–|/-]{1,2}\s")
_SLASH = re.compile(r"\s/\s?(?P<name>[^/]+)$")  # … 제주공항. /연합뉴스
_CHINESE = re.compile(r"[^。（）()]{2,30}(?:摄|攝|发|發|供图|供圖)")
_JOIN = re.compile(r"\s*[/,|・＝=]\s*|\s+via\s+")
_AROUND = " \t\xa0\u3000-–—|/·•,:;"
_OPENING = {")": "(", "]": "[", "）": "（", "］": "［", "】": "【"}
_PAIRS = {"()", "[]", "（）", "［］", "【】"}


def split_credit(text: str) -> tuple[str, str] | None:
    """Part a caption from a credit that its form gives away: `… Photograph: Jane Roe/AP`."""
    text = text.rstrip(SPACES)
    for split in _SPLITS:
        if (parts := split(text)) and _is_credit(parts[1]):
            return parts[0].rstrip(_AROUND), parts[1]
    return None


def split_top_credit(text: str) -> tuple[str, str] | None:
    """Part a caption from a credit in forms that are an agency's signature elsewhere.

    `… - EFE`, `…. Jane Roe for The Guardian`: only at a document's top are they credits.
    """
    text = text.rstrip(SPACES)
    if len(text) > _MOST_IN_SHORT_CAPTION:
        return None
    for match in _DASH.finditer(text, max(0, len(text) - MOST_IN_GLUED_CREDIT)):
        if find_source(text[match.end() :]):
            return text[: match.start()].rstrip(_AROUND), text[match.end() :]
    stop = max(text.rfind(f"{mark} ") for mark in SENTENCE_ENDS)
    rest = text[stop + 1 :].strip()
    slash = _SLASH.search(text, max(0, len(text) - MOST_IN_GLUED_CREDIT))
    if slash and find_source(slash["name"]) and text[slash.start() - 1] in SENTENCE_ENDS:
        return text[: slash.start()], slash["name"]
    known = [find_source(part) for part in re.split(r"\s(?:via|for)\s", rest)]
    return (text[: stop + 1], rest) if stop > 0 and len(known) > 1 and any(known) else None


def split_glued_credit(text: str) -> tuple[str, str] | None:
    """Part a caption from the credit glued to its end: `….AP` → (`….`, `AP`)."""
    text = text.rstrip(SPACES)
    stop = max(text.rfind(mark) for mark in SENTENCE_ENDS)
    credit = text[stop + 1 :].lstrip(CLOSING)
    caption = text[: len(text) - len(credit)]
    if stop < 1 or not 1 <= len(credit) <= MOST_IN_GLUED_CREDIT or credit != credit.strip():
        return None
    if not _begins_name(credit):
        return None
    return None if _is_inside_word(text[: stop + 1], credit) else (caption, credit)


def clean_credit(text: str) -> str:
    """Return a credit without its label, brackets and dashes."""
    credit = text.strip(_AROUND)
    if credit[:1] + credit[-1:] in _PAIRS:
        credit = credit[1:-1].strip(_AROUND)
    if match := _COPYRIGHT.match(credit):
        credit = credit[match.end() :]
    found = _label_at(credit, 0)
    return (credit[found:] if found else credit).strip(_AROUND)


def is_credit_line(text: str) -> bool:
    """Whether a line is a credit and nothing else: `Foto: dpa`, `Getty Images`."""
    text = text.strip(SPACES)
    if len(text) > MOST_IN_CREDIT:
        return False
    is_labelled = _label_at(text.lstrip("(["), 0) or _COPYRIGHT.match(text)
    return _is_credit(clean_credit(text)) and bool(is_labelled or names_agency(text))


def is_lone_credit(text: str) -> bool:
    """Whether a line is a credit without its caption: `Foto: dpa`, `Jane Roe/AP`."""
    if len(text) > MOST_IN_CREDIT:
        return False
    if "/" in text and _names_photographer(text):
        return True
    parts = split_credit(text)
    return parts is not None and not any(map(str.isalnum, parts[0]))


def names_agency(credit: str) -> bool:
    """Whether one part of a credit is a known agency."""
    parts = (find_source(part.strip("()[]")) for part in _JOIN.split(credit.strip(_AROUND)))
    return any(part and part.kind == AGENCY for part in parts)


def _split_chinese(text):
    """Read `…。新华社记者 张三 摄` and `…。（新华社发）`, which end in `taken by`."""
    bare = text.rstrip("）)")
    stop = max(bare.rfind(mark) for mark in "。（(")
    is_credit = stop >= 0 and _CHINESE.fullmatch(bare[stop + 1 :])
    return (bare[: stop + 1].rstrip("（("), bare[stop + 1 :]) if is_credit else None


def _split_equals(text):
    """Read `雪に埋まった車列＝共同`."""
    caption, sign, name = text.rpartition("＝")
    return (caption, name) if sign and caption and find_source(name) else None


def _split_copyright(text):
    found = list(_COPYRIGHT.finditer(text, max(0, len(text) - MOST_IN_CREDIT)))
    return (text[: found[0].start()], clean_credit(text[found[0].end() :])) if found else None


def _split_label(text):
    """Find `Photograph:`, `Foto`, `Photo by` near the end, with the credit behind it."""
    start = max(0, len(text) - MOST_IN_CREDIT - 20)
    for word in _WORD.finditer(text, start):
        may_be_label = vocabulary.fold(word[0]).rstrip(".") in by_first_word("photo")
        if not may_be_label and not _GLUED_LABEL.match(text, word.start()):
            continue
        if end := _label_at(text, word.start()):
            caption = text[: word.start()].rstrip(SPACES).rstrip("([（【［")
            return caption, text[end:].strip(_AROUND + ")]）】］")
    return None


def _label_at(text, position):
    """Return where the credit begins behind a label that begins here; 0 where none does."""
    ends: list[int] = []
    spoken: list[str] = []
    for word in _WORD.finditer(text, position):
        is_next = not ends or text[ends[-1] : word.start()].strip(SPACES) == ""
        if len(ends) == 3 or not is_next or (not ends and word.start() != position):
            break
        ends.append(word.end())
        spoken.append(vocabulary.fold(word[0]).rstrip("."))
    for size in range(len(ends), 0, -1):
        if " ".join(spoken[:size]) in vocabulary.words("photo"):
            return _credit_start(text, position, ends[size - 1], is_phrase=size > 1)
    return _glued_label(text, position)


def _credit_start(text, position, end, *, is_phrase):
    sign = _LABEL_SIGN.match(text, end)
    if sign:
        return sign.end()
    before = text[:position].rstrip(SPACES)
    stands_apart = not before or before[-1] in SENTENCE_ENDS + CLOSING + "([（【-–—|/"
    rest = text[end:].strip(SPACES) if text[end : end + 1] in SPACES else ""
    is_short = 0 < len(rest) <= MOST_IN_GLUED_CREDIT and not rest[0].islower()
    is_name = is_phrase or find_source(rest) or names_agency(rest)
    return end if stands_apart and (is_short or find_source(rest)) and is_name else 0


def _glued_label(text, position):
    """Read `写真提供：共同` and `写真=時事`, whose labels no space ends."""
    match = _GLUED_LABEL.match(text, position)
    is_label = match and vocabulary.fold(match[0]) in vocabulary.words("photo")
    return match.end() + 1 if match and is_label else 0


def _split_bracket(text):
    """Read `(JEAN DUPONT / AFP)`: a name beside an agency, which no signature of a text has."""
    opening = _OPENING.get(text[-1:])
    at = text.rfind(opening, max(0, len(text) - MOST_IN_CREDIT)) if opening else -1
    inner = text[at + 1 : -1] if at > 0 else ""
    return (text[:at], clean_credit(inner)) if _names_photographer(inner) else None


def _split_dash(text):
    """Read ` — Jane Roe / AFP` at the end."""
    for match in _DASH.finditer(text, max(0, len(text) - MOST_IN_CREDIT)):
        rest = text[match.end() :]
        if _names_photographer(rest):
            return text[: match.start()], clean_credit(rest)
    return None


def _split_name(text):
    """Read `… the crater. Jane Roe/AFP/Getty Images`."""
    stop = max(text.rfind(f"{mark} ") for mark in SENTENCE_ENDS)
    rest = text[stop + 1 :]
    if stop > 0 and len(rest) <= MOST_IN_CREDIT and "/" in rest and _names_photographer(rest):
        return text[: stop + 1], clean_credit(rest)
    return None


_SPLITS = (
    _split_copyright,
    _split_label,
    _split_bracket,
    _split_dash,
    _split_name,
    _split_equals,
    _split_chinese,
)


def _names_photographer(credit):
    parts = [part.strip("()[] ") for part in _JOIN.split(credit.strip(_AROUND))]
    names = [part for part in parts if part and not find_source(part)]
    return (
        len(parts) > 1
        and len(names) < len(parts)
        and names_agency(credit)
        and any(len(name.split()) in {2, 3, 4} or name.isupper() for name in names)
        and all(name[0].isupper() or not name[0].isascii() for name in names)
        and not any(name.endswith(tuple(SENTENCE_ENDS)) and " " in name for name in names)
    )


def _is_credit(credit):
    """Whether this may be a credit: short, begun like a name, and no sentence."""
    credit = credit.strip()
    if not 0 < len(credit) <= MOST_IN_CREDIT or not any(map(str.isalnum, credit)):
        return False
    if credit.endswith(tuple(SENTENCE_ENDS)) and not names_agency(credit.rstrip(".")):
        return ends_in_abbreviation(credit)
    return _begins_name(credit) or not credit[0].islower() or names_agency(credit)


def _begins_name(credit):
    """Whether a credit has a capital, or is known without: `dpa`, `共同通信`."""
    if credit[0].isupper() or credit[0].istitle():
        return True
    known = find_source(credit)
    return known is not None and (not credit[0].islower() or known.name[0].islower())


def _is_inside_word(before, after):
    """Whether the stop joins two parts of one word: `St.Petersburg`, `U.S.A`."""
    if before[-1] != ".":
        return False
    last = before[-60:].split()[-1]
    is_title = last in vocabulary.written("titles")
    return is_title or (len(after) == 1 and re.search(r"(?:^|\W)\w\.$", last) is not None)
