"""Days that a time gives in relation to the page's: `yesterday, 23:55`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from .dates import Day
from .lines import Kind, Line


def with_yesterdays(lines: Sequence[Line], newest: datetime | None) -> list[Line]:
    """Give `yesterday 10:00` its day, and the times beside it theirs, where the page's is known.

    `newest` is the editor's moment of the first update.
    """
    found = list(lines)
    times = [index for index, line in enumerate(found) if line.kind == Kind.TIME]
    before = [index for index in times if _is_yesterday(found[index])]
    if not before:
        return found
    is_first = before[0] == times[0]
    today = _day_of_page(found) or (newest.date() if newest and not is_first else None)
    if not today:
        return found
    days = dict.fromkeys(before, today - timedelta(days=1))
    days |= {i: today for i in times if (i > before[-1] if is_first else i < before[0])}
    for index, day in days.items():
        moment = found[index].moment
        if moment and moment.time and not moment.day:
            named = Day(day.month, day.day, day.year)
            found[index] = replace(found[index], moment=replace(moment, day=named))
    return found


def _is_yesterday(line):
    return line.moment.is_yesterday


def _day_of_page(lines):
    days = [line.moment.day for line in lines if line.kind == Kind.UPDATED and line.moment.day]
    return max((each.date for each in days if each.date), default=None)
