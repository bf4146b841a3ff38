"""What a page has for its own use: `Share`, `3h ago`, `Updated at 12.58 BST`."""

import re
from dataclasses import replace
from functools import cache

from . import vocabulary
from .phrases import by_first_word, find_phrases, phrase_at_end, phrase_at_start
from .times import Moment, plain, read_line, read_moment
from .zones import read_zone

MOST_IN_BOILERPLATE = 80
MOST_IN_RELATIVE = 60

_WORD = re.compile(r"[^\s.,;:!?()\[\]«»“”„\"…。、，：|•·–—/+]+")
_TOKEN = re.compile(r"\d+|[^\d\s.,;:!?()\[\]•·|–—-]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_PARTS = re.compile(r"[\s,:;.…\-–—/()|·•+：]+")
_LABEL_BRACKETS = "【】［］〔〕「」"
_LABEL_SIGNS = "*_ \t\xa0\u200f:：,،-–—|·•/()[]（）"


def is_boilerplate(line: str) -> bool:
    """Whether the line is a button, a label or a link of the page: `Share`, `Comments (12)`."""
    if len(line) > MOST_IN_BOILERPLATE:
        return False
    return _label(line) in _labels() or _says_rights(line)


def is_update_label(line: str) -> bool:
    """Whether the line says of an update that it is new, and nothing else: `Breaking`."""
    if len(line) > MOST_IN_BOILERPLATE:
        return False
    return _label(line.strip(_LABEL_BRACKETS)) in _update_labels()


def is_relative_time(line: str) -> bool:
    """Whether the line is a time that only the page's own clock could tell: `3h ago`."""
    if len(line) > MOST_IN_RELATIVE:
        return False
    tokens = read_tokens(line)
    if " ".join(tokens) in vocabulary.words("now"):
        return True
    rest = _without_ago(tokens)
    if rest and rest[0] in vocabulary.words("before_time") and len(rest) > 1:
        rest = rest[1:]  # from 2h ago
    return rest is not None and bool(rest) and all(map(_is_unit, rest))


def read_tokens(line: str) -> list[str]:
    """Return the figures and the words of a line, each in lower case."""
    return [vocabulary.fold(token) for token in _TOKEN.findall(plain(line))]


def read_updated(line: str) -> Moment | None:
    """Read the page's own `Updated …`: its moment, an empty one where it gives none."""
    if len(line) > MOST_IN_BOILERPLATE * 2:
        return None
    line = line.strip(_LABEL_SIGNS)
    start = phrase_at_start(line, "updated")
    if start:
        return _after_label(line, start)
    end = phrase_at_end(line, "updated")
    if end > 0 and (moment := read_line(line[:end].rstrip(_LABEL_SIGNS))):
        return moment
    return _before_label(line) or _behind_name(line)


def _behind_name(line):
    """Read `Online desk | Updated: Nov 23, 2024, 16:40`; a writer's name is a byline."""
    name, sign, rest = line.partition(" | ")
    if not sign or phrase_at_start(name, "byline") or not phrase_at_start(rest, "updated"):
        return None
    moment = _after_label(rest, phrase_at_start(rest, "updated"))
    return moment if moment and moment.day else None


def split_glued_updated(line: str) -> tuple[str, Moment] | None:
    """Part `Storm over the seapublished at 14:32`, whose words a browser joins, at the label."""
    if len(line) > MOST_IN_BOILERPLATE * 3:
        return None
    text = plain(line)
    for match in _glued_labels().finditer(text):
        moment = read_moment(text, match.end())
        is_whole = moment and moment.time and not text[moment.end :].strip(_LABEL_SIGNS)
        if moment and is_whole:
            return line[: match.start()], moment
    return None


def after_relative_time(line: str) -> str:
    """Return what follows `3h ago` on its line; nothing where none is there."""
    if len(line) > MOST_IN_RELATIVE:
        return ""
    ends = [end for _, end, _phrase in find_phrases(line, "ago")]
    is_relative = bool(ends) and is_relative_time(line[: ends[-1]])
    return line[ends[-1] :].lstrip(_LABEL_SIGNS) if is_relative else ""


def _before_label(line):
    """Read `25 ottobre 2024 (aggiornato alle 18:45)`: the date, and the later time."""
    moment = read_moment(plain(line))
    rest = line[moment.end :].strip(_LABEL_SIGNS) if moment and moment.day else ""
    if not moment or not (phrase_at_start(rest, "updated") or phrase_at_end(rest, "updated") > 0):
        return None
    later = read_updated(rest)
    return later and later_of(moment, later)


def _after_label(line, start):
    rest = plain(line[start:])
    begin = len(rest) - len(rest.lstrip(_LABEL_SIGNS))
    moment = read_moment(rest, begin)
    if moment:
        left = line[start + moment.end :].strip(_LABEL_SIGNS)
        if later := read_updated(left):
            return later_of(moment, later)
        return moment if not left or _is_of_times(left) else None
    rest = rest.strip(_LABEL_SIGNS + ".…")
    is_alone = not rest or is_relative_time(rest) or _is_of_times(rest)
    return Moment(0) if is_alone else None


def later_of(published: Moment, updated: Moment) -> Moment:
    """Return when the page was updated; of `2 hours ago` no more is known than the day."""
    if not updated.day:
        updated = replace(updated, day=published.day, zone=updated.zone or published.zone)
    elif published.day and not updated.day.year:
        updated = replace(updated, day=replace(updated.day, year=published.day.year))
    return published if updated.time and _written(updated) < _written(published) else updated


def _written(moment):
    """Return figures that put two moments of one line in order."""
    day, clock = moment.day, moment.time
    date = (day.year or 0, day.month, day.day) if day else ()
    return (date, (clock.hour, clock.minute) if clock else ())


def _is_of_times(text):
    """Whether only words and figures of times are left: `5 minutes ago`, `on Friday 25th`."""
    words = [vocabulary.fold(word) for word in _PARTS.split(text) if word]
    has_figure = any(word[0].isdigit() or word in vocabulary.words("now") for word in words)
    return has_figure and all(map(_is_time_word, words))


def _is_time_word(word):
    if re.fullmatch(r"\d{1,4}[^\W\d_]{0,3}", word):
        return True
    found = read_zone(word.upper(), 0)
    return (
        any(word in vocabulary.words(table) for table in _TIME_TABLES)
        or word in vocabulary.words("updated")
        or word in vocabulary.months()
        or (found is not None and found[2] == len(word))
    )


_TIME_TABLES = ("before_time", "weekdays", "units", "ago", "now", "am", "pm", "hour", "and")


def _label(line):
    """Return a line's words in lower case, without figures, signs and arrows."""
    words = _WORD.findall(vocabulary.fold(line))
    return " ".join(word for word in words if any(map(str.isalpha, word)))


@cache
def _glued_labels():
    labels = sorted(map(re.escape, vocabulary.words("updated")), key=len, reverse=True)
    return re.compile(rf"(?<=\S)(?<!\d)(?:{'|'.join(labels)})\s", re.IGNORECASE)


@cache
def _labels():
    return frozenset(_label(each) for each in vocabulary.words("boilerplate"))


def _says_rights(line):
    """Whether the line says whose the page is: `© Copyright ANSA, all rights reserved`."""
    if any(find_phrases(line, "rights")):
        return True
    return not line.isascii() and any(each in line for each in _unspaced_rights())


@cache
def _unspaced_rights():
    return [each for each in vocabulary.words("rights") if _UNSPACED.match(each)]


@cache
def _update_labels():
    return frozenset(_label(each) for each in vocabulary.words("label"))


def _without_ago(tokens):
    """Return the words beside `ago`; None where nothing says it."""
    for index, token in enumerate(tokens):
        for phrase in by_first_word("ago").get(token, ()):
            if tuple(tokens[index : index + len(phrase)]) == phrase:
                return tokens[:index] + tokens[index + len(phrase) :]
        if (unit := without_ago_ending(token)) != token:
            return [*tokens[:index], unit, *tokens[index + 1 :]]
    return None


def without_ago_ending(token: str) -> str:
    """Return `時間` of `時間前`."""
    endings = _unspaced_ago() if _UNSPACED.match(token[-1]) else ()
    found = (each for each in endings if token.endswith(each) and token != each)
    return token.removesuffix(next(found, ""))


@cache
def _unspaced_ago():
    endings = (each for each in vocabulary.words("ago") if _UNSPACED.match(each))
    return sorted(endings, key=len, reverse=True)


def _is_unit(token):
    return token.isdigit() or token in vocabulary.words("units")
