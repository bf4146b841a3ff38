"""Times for updates of which a document gives the day alone."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby
from operator import itemgetter

from .dates import Day

_NOON = time(12)


def with_times(
    clocks: Sequence,
    *,
    day: date,
    now: datetime,
    newest: datetime | None,
    zone: tzinfo,
    every: timedelta,
    oldest_first: bool,
) -> list:
    """Give each day alone a time: from noon back, `every` so much, in the page's order.

    A day without a year is the last one until `day`; `newest` is the editor's moment of the
    first update.
    """
    dates = [each.within(day) if isinstance(each, Day) else None for each in clocks]
    known = [each for each in dates if each]
    if not known:
        return list(clocks)
    ascends = known[0] < known[-1] if known[0] != known[-1] else oldest_first
    found: list = []
    for on, group in groupby(zip(dates, clocks, strict=True), key=itemgetter(0)):
        same = [clock for _on, clock in group]
        if on is None:
            found += same
            continue
        end = min(datetime.combine(on, _NOON, tzinfo=zone), now)
        if newest and not found and newest.astimezone(zone).date() == on:
            end = newest
        placed = _back_from(end.astimezone(zone), len(same), every)
        times = placed[::-1] if ascends else placed
        found += zip(times, same, strict=True)
    return found


def _back_from(end, count, every):
    """Return times of one day, newest first."""
    start = end.replace(hour=0, minute=0, second=0, microsecond=0)
    step = min(every, (end - start) / count)
    return [(end - step * index).time().replace(microsecond=0) for index in range(count)]
