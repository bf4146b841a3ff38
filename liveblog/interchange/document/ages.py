"""Updates whose only time is an age: `3h ago` → a time, counted from a moment that is known.

The page's own moment is the likeliest end of the count; an editor's is that of the first update.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from . import vocabulary
from .boilerplate import read_tokens, without_ago_ending
from .dates import Day
from .line_shapes import ends_in_full_stop
from .lines import Kind, Line
from .times import Moment

_LEAP_YEAR = 2000
_IDLE = {Kind.BLANK, Kind.BOILERPLATE}
_UNITS = (
    ("minutes", timedelta(minutes=1)),
    ("hours", timedelta(hours=1)),
    ("days", timedelta(days=1)),
)


def with_ages(lines: Sequence[Line], newest: datetime | None) -> list[Line]:
    """Read ages as times where they alone part updates: all of them, or those of the newest.

    Without a known moment ages divide nothing where no update has a time; beside others that
    have one, their updates are left to be given theirs.
    """
    found = list(lines)
    ages = _ages(found)
    has_times = any(line.kind == Kind.TIME for line in found)
    end = _end(found, newest, read_age(found[ages[0]].text)) if len(ages) > 1 else None
    if len(ages) < 2 or not (end or has_times):
        return found
    for index in ages:
        moment = _moment(end, read_age(found[index].text)) if end else Moment(0)
        found[index] = replace(found[index], kind=Kind.TIME, moment=moment)
    return found


def read_age(line: str) -> timedelta | None:
    """Return how long ago `3h ago` was; nothing of `half an hour ago`."""
    spoken = [without_ago_ending(each) for each in read_tokens(line)]
    if any(each in vocabulary.words("vague") for each in spoken):
        return None
    count = next((int(each) for each in spoken if each.isdigit()), 1)
    units = (unit for table, unit in _UNITS for each in spoken if each in vocabulary.words(table))
    unit = next(units, None)
    return unit * count if unit and count < 1000 else None


def _ages(lines):
    """Return the places of ages that have an update below, and no other time beside them."""
    starts = [index for index, line in enumerate(lines) if line.kind in {Kind.RELATIVE, Kind.TIME}]
    ages = [
        (index, end)
        for index, end in pairwise([*starts, len(lines)])
        if lines[index].kind == Kind.RELATIVE and not _is_below_time(lines, index)
    ]
    if not all(_has_text(lines[index:end]) for index, end in ages):
        return []
    return [index for index, _end in ages]


def _is_below_time(lines, index):
    above = (line for line in reversed(lines[max(0, index - 3) : index]) if line.kind not in _IDLE)
    return next((line.kind == Kind.TIME for line in above), False)


def _has_text(lines):
    return any(line.kind == Kind.TEXT and ends_in_full_stop(line.text) for line in lines)


def _end(lines, newest, first):
    """Return the moment from which ages count, with its zone."""
    if newest and first:
        return newest + first, None
    moments = [line.moment for line in lines if line.kind == Kind.UPDATED]
    known = [each for each in moments if each.day and each.time]
    if not known:
        return None
    moment = known[-1]
    day = date(moment.day.year or _LEAP_YEAR, moment.day.month, moment.day.day)
    return datetime.combine(day, moment.time), moment


def _moment(end, age):
    if age is None:
        return Moment(0)
    last, page = end
    local = last - age
    has_year = not page or page.day.year
    day = Day(local.month, local.day, local.year if has_year else None)
    zone = page.zone if page else ""
    return Moment(0, time(local.hour, local.minute, tzinfo=local.tzinfo), day, zone)
