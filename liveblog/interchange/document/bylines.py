"""Who wrote it: `By Jane Roe and John Doe`, `Jane Roe (now)` → the names."""

import re
from collections.abc import Iterable
from functools import cache

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from . import vocabulary
from .line_shapes import ends_in_full_stop
from .phrases import find_phrases, phrase_at_start
from .sources import find_source

MOST_IN_BYLINE = 160
MOST_IN_ROLE = 80
PARTICLES = {
    *("de", "del", "la", "las", "los", "van", "von", "der", "den", "of", "al", "el", "da", "dos"),
    *("di", "du", "le", "zu", "ten", "ter", "bin", "ibn", "e", "y", "d'", "do", "san"),
}
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_BRACKET = re.compile(r"\s*[(\[（][^()\[\]（）]{0,60}[)\]）]")
_FROM_HOUSE = re.compile(r"From \S+['’]s\s")
_BEFORE_PLACE = re.compile(r"(?P<name>[^|/]{4,40}?)\s[|/]\s(?P<place>[^|/]{2,40})")
_PLACE = re.compile(r"\s(?:in|en|à|a|aus|em|te|w|у|в|at|i|ve)\s(?=[^\W\d_]).*$")
_DASHED = re.compile(r"\s[–—]\s")  # a place follows
_PARTED = re.compile(r"\s*[,;&|·•/、・]\s*")
_UNCASED = re.compile("[\u0590-\u0aff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KOREAN = re.compile(
    r"(?:\([가-힣]{2,10}=[^()\s]{2,12}\)\s)?([가-힣]{2,4})\s(?:기자|특파원)(?:\s*[=·]?\s*\S+@\S+)?"
)
_JAPANESE = re.compile(r"(?:文|取材|記者|记者|作者|撰文|文字)\s?[／/・:：|｜\s]\s?(\S{2,12})")


def read_bylines(line: str) -> tuple[str, ...]:
    """Read a line that says itself to be a byline; nothing where it does not."""
    if len(line) > MOST_IN_BYLINE or ends_in_full_stop(line):
        return ()
    if match := _KOREAN.fullmatch(line) or _JAPANESE.fullmatch(line):
        return (match[1],)
    if match := _FROM_HOUSE.match(line):
        return _names(line[match.end() :])
    start = phrase_at_start(line, "byline")
    if start:
        is_marked = line[start:].lstrip().startswith((":", "："))
        return _names(line[start:].lstrip(" .:："), is_marked=is_marked)
    return _names(line) if _has_note(line) else ()


def is_of_staff(line: str) -> bool:
    """Whether a byline names nobody: `Door onze redactie`, `By agencies`."""
    if len(line) > MOST_IN_BYLINE:
        return False
    # A single letter belongs to an outlet's name: `Por Redação g1`.
    rest = re.findall(r"[^\W\d_]{2,}", line[phrase_at_start(line, "byline") :])
    return 0 < len(rest) < 6 and all(vocabulary.fold(word) in _staff() for word in rest)


def is_role(line: str) -> bool:
    """Whether a line under a name says what the writer is: `Reporting from Upton`."""
    if len(line) > MOST_IN_ROLE or ends_in_full_stop(line):
        return False
    return phrase_at_start(line, "role") > 0 or any(find_phrases(line, "staff"))


def read_plain_names(line: str) -> tuple[str, ...]:
    """Read a line of nothing but full names, which its place makes a byline."""
    if len(line) > MOST_IN_BYLINE or ends_in_full_stop(line) or _UNCASED.search(line):
        return ()
    return _names(line)


def read_name_and_place(line: str) -> tuple[str, ...]:
    """Read `María Pérez | Madrid`, which its place makes a byline; no credit: `Jane Roe / AFP`."""
    match = _BEFORE_PLACE.fullmatch(line)
    if not match or not match["place"][0].isupper() or find_source(match["place"]):
        return ()
    return read_plain_names(match["name"])


def note_on_rest(line: str, names: tuple[str, ...]) -> Message | None:
    """Return what of a byline is in none of its names: a place, an outlet."""
    rest = line
    for name in names:
        rest = rest.replace(name, " ", 1)
    words = [vocabulary.fold(word) for word in re.findall(r"[^\W\d_]{3,}", rest)]
    if all(word in _labels() for word in words):
        return None
    return note_on_names(line, names)


def note_on_names(line: str, names: Iterable[str]) -> Message:
    words = _("“%(line)s” is read as a byline of %(names)s")
    return Message(words, line=line, names=", ".join(names))


def _has_note(line):
    """Whether a name is followed by `(now)` or `(earlier)`."""
    notes = re.findall(r"\(([^()]{1,20})\)", line)
    return bool(notes) and all(
        vocabulary.fold(n) in vocabulary.words("byline_notes") for n in notes
    )


def _names(text, *, is_marked=False):
    text = _DASHED.split(_BRACKET.sub("", text).strip())[0]
    names: list[str] = []
    for part in _PARTED.split(_and().sub(",", text)):
        name = _PLACE.sub("", part).strip()
        if not name or (names and vocabulary.fold(name) in _staff()):
            continue
        if not _is_name(name, is_marked=is_marked):
            # A place or a post may follow a name: `Von Hans Meier, Berlin`.
            if names and len(name.split()) <= 4:
                continue
            return ()
        names.append(name)
    return tuple(dict.fromkeys(names))


def _is_name(name, *, is_marked):
    words = name.split()
    if _UNCASED.search(name):
        return is_marked and len(name) <= 30 and len(words) <= 4
    capital = [word for word in words if word not in PARTICLES]
    return (
        2 <= len(words) <= 5
        and len(capital) >= 2
        and all(word[0].isupper() and _NAME_WORD.fullmatch(word) for word in capital)
    )


@cache
def _and():
    joins = "|".join(map(re.escape, sorted(vocabulary.words("and") - {"ו", "و", "a", "e"})))
    return re.compile(rf"\s(?:{joins}|e|a|with|avec|con|mit|com)\s(?=[^\W\d_])")


@cache
def _labels():
    """Return the words that a byline has beside its names and that say nothing else."""
    tables = ("byline", "byline_notes", "and", "staff", "before_staff")
    return {word for table in tables for each in vocabulary.words(table) for word in each.split()}


@cache
def _staff():
    tables = ("staff", "before_staff", "byline_notes")
    return frozenset(word for table in tables for word in vocabulary.words(table))
