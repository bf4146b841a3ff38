"""What each line of a document is: text, a time, or what the page has for its own use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .boilerplate import (
    after_relative_time,
    is_boilerplate,
    is_relative_time,
    is_update_label,
    read_updated,
    split_glued_updated,
)
from .line_shapes import ends_in_full_stop
from .text import Problem, numbered_lines
from .times import Moment, begins_with_half, plain, read_line, read_moment

_PREFIX = " \t\xa0\u200e\u200f+*#•·●○▪■►▶|–—-[(【<"
_BEHIND_TIME = "* \t\xa0\u3000-–—|:：·•»>/.,])】"
_SIGNS = "-–—|:：·•»>])】"
ESCAPE = "\\"  # before a line that is text, whatever it looks like
_LINES_OF_KICKER = 2  # it is often doubled


class Kind(StrEnum):
    """What a line was read as; where nothing else fits, it is text."""

    BLANK = "blank"
    TEXT = "text"
    TIME = "time"
    DAY = "day"
    UPDATED = "updated"
    RELATIVE = "relative"
    BOILERPLATE = "boilerplate"


class Mark(StrEnum):
    """What an editor may say that a line is."""

    TITLE = "title"
    HEADLINE = "headline"
    TEXT = "text"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `rest` is the text behind a time, `is_weak` whether the time is a doubtful one."""

    number: int
    text: str
    kind: Kind = Kind.TEXT
    moment: Moment | None = None
    rest: str = ""
    is_weak: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is in no part of the story, and why."""

    line: int
    text: str
    reason: Message


LABEL = _("a button or label of the page")
RELATIVE = _("a time that only the page's own clock could tell")
UPDATED = _("when the page was published or updated")
DAY = _("the day of what follows")
NO_TEXT = _("a time without text")
REPEATED = _("a headline that comes again below")
TWICE = _("an update that comes again below")
NAME_AGAIN = _("a name that comes again below")
CREDIT = _("a picture's credit without its caption")
PUBLISHER = _("who published the page")
ROLE = _("what a writer's post is")
MARKED = _("marked to be left out")


def read_lines(text: str, marks: Mapping[int, str]) -> list[Line]:
    """Read every line by its own look."""
    lines = [_read(number, line, marks.get(number, "")) for number, line in numbered_lines(text)]
    return list(_without_update_labels(lines))


def without_inline_times(lines: Iterable[Line]) -> list[Line]:
    """Read times before text as a part of the text."""
    return [replace(line, kind=Kind.TEXT, rest="") if line.rest else line for line in lines]


def relative_problems(lines: Sequence[Line]) -> Iterator[Problem]:
    """Refuse a document whose updates have no other times than `3h ago`."""
    relative = [line for line in lines if line.kind == Kind.RELATIVE]
    if len(relative) < 2 or any(line.kind == Kind.TIME for line in lines):
        return
    words = _("“%(time)s” says no time of day; write one, as 14:05, or take the line out")
    for line in relative:
        yield Problem(line.number, Message(words, time=line.text))


def left_out(lines: Iterable[Line]) -> Iterator[LeftOut]:
    """Return what each line's own look leaves out."""
    reasons = {Kind.BOILERPLATE: LABEL, Kind.RELATIVE: RELATIVE, Kind.UPDATED: UPDATED}
    for line in lines:
        if line.kind in reasons:
            reason = MARKED if line.mark == Mark.BOILERPLATE else reasons[line.kind]
            yield LeftOut(line.number, line.text, Message(reason))


def _read(number, text, mark) -> Line:
    line = Line(number, text, mark=mark)
    if not text:
        return replace(line, kind=Kind.BLANK, mark="")
    if mark == Mark.BOILERPLATE:
        return replace(line, kind=Kind.BOILERPLATE)
    if mark in {Mark.TITLE, Mark.TEXT}:
        return line
    if not mark and text.startswith(ESCAPE) and text != ESCAPE:
        return replace(line, text=text.removeprefix(ESCAPE), mark=Mark.TEXT)
    by_look = [_read_page, _read_alone, _read_time_before, _read_glued]
    read = [_read_time_before] if mark else by_look
    return next((found for each in read if (found := each(line))), line)


def _read_page(line):
    if is_boilerplate(line.text):
        return replace(line, kind=Kind.BOILERPLATE)
    if is_relative_time(line.text):
        return replace(line, kind=Kind.RELATIVE)
    if (moment := read_updated(line.text)) is not None:
        # BBC's `published at 10:32` is under the headline of each update.
        return replace(line, kind=Kind.UPDATED, moment=moment)
    return None


def _read_alone(line):
    """Read a line that is a moment, perhaps behind `3h ago`."""
    text = after_relative_time(line.text) or line.text
    moment = read_line(text)
    if not moment:
        return None
    return replace(line, kind=Kind.TIME if moment.time else Kind.DAY, moment=moment)


def _read_time_before(line):
    """Read a time with its update's headline or text behind it: `21:30 X`, `+++ 14:39 X +++`."""
    text = plain(line.text[:200])
    start = len(text) - len(text.lstrip(_PREFIX))
    if not text[start : start + 40].strip() or not any(map(str.isdigit, text[start : start + 40])):
        return None
    moment = read_moment(text, start)
    if not moment or not moment.time:
        return None
    behind = line.text[moment.end :]
    rest = behind.lstrip(_BEHIND_TIME)
    signs = behind[: len(behind) - len(rest)]
    rest = rest.rstrip(" \t\xa0").removesuffix("+++").rstrip(" \t\xa0")
    if not any(map(str.isalnum, rest)) or not _may_follow(signs, rest):
        return None
    span = read_moment(plain(rest[:20])) if rest[0].isdigit() else None
    if span and span.time:
        rest = line.text[start:].removesuffix("+++").rstrip()
    if is_relative_time(rest) or is_boilerplate(rest):
        return replace(line, kind=Kind.TIME, moment=moment)
    is_said = not (text[start : start + 1].isdigit() or begins_with_half(text, start))
    is_weak = (is_said or moment.is_plain or "," in signs) and not set(signs) & set(_SIGNS)
    if is_weak and ends_in_full_stop(rest):
        return None
    return replace(line, kind=Kind.TIME, moment=moment, rest=rest, is_weak=is_weak)


def _read_glued(line):
    """Read a headline to whose last word `published at 14:32` is glued."""
    split = split_glued_updated(line.text)
    return replace(line, kind=Kind.TIME, rest=split[0], moment=split[1]) if split else None


def _may_follow(signs, rest):
    """Whether text begins here, and the time is not the beginning of a longer word."""
    return bool(signs) or not rest[0].isalnum()


def _without_update_labels(lines):
    """Leave out `Breaking` over an update; where the page begins it is the kicker."""
    seen = 0
    for line in lines:
        seen += line.kind != Kind.BLANK
        is_plain = line.kind == Kind.TEXT and not line.mark
        is_label = is_plain and seen > _LINES_OF_KICKER and is_update_label(line.text)
        yield replace(line, kind=Kind.BOILERPLATE) if is_label else line
