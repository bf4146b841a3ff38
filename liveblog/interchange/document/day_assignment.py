"""Times of day, in their order, some with a date → moments in UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

DAY = timedelta(days=1)
# Passing midnight is likelier than a wait of this much more between two updates.
_MIDNIGHT_COSTS = 6 * 60


@dataclass(frozen=True, slots=True)
class Dated:
    """A time of day with its date, if the document gives it."""

    clock: time
    day: date | None = None


def assign_days(times: Sequence[Dated], day: date, zone: tzinfo) -> list[datetime]:
    """Put times, newest first, on their days; the first without a date is of `day`."""
    first = next((index for index, each in enumerate(times) if each.day), None)
    if first is None:
        return _back_from(day, [each.clock for each in times], zone)
    above = [_dated(times[first], zone)]
    for each in reversed(times[:first]):
        above.append(_earliest(each.clock, above[-1], zone))
    placed = above[::-1]
    for each in times[first + 1 :]:
        placed.append(
            _dated(each, zone) if each.day else latest_before(each.clock, placed[-1], zone)
        )
    return placed


def is_held_on_top(times: Sequence[Dated | None]) -> bool:
    """Whether the first is above its place in the list, as what a page pins does."""
    minutes = [each.clock.hour * 60 + each.clock.minute for each in times if each and not each.day]
    if len(minutes) < max(3, len(times)) or not 0 < minutes[1] - minutes[0] < _MIDNIGHT_COSTS:
        return False
    return any(each <= minutes[0] for each in minutes[2:])


def ascend(times: Sequence[Dated], *, zone: tzinfo, day: date) -> bool | None:
    """Whether the times run from old to new; None where they don't say."""
    dated = [_dated(each, zone) for each in times if each.day]
    if dated and dated[0].date() != dated[-1].date():
        return dated[0] < dated[-1]
    minutes = [_minute_of_day(_on(day, each.clock, zone)[0], zone) for each in times]
    steps = [(after - before) for before, after in pairwise(minutes)]
    ascending = sum(step % 1440 + _MIDNIGHT_COSTS * (step < 0) for step in steps)
    descending = sum(-step % 1440 + _MIDNIGHT_COSTS * (step > 0) for step in steps)
    return None if ascending == descending else ascending < descending


def _dated(each, zone):
    return _readings(each.day, each.clock, each.clock.tzinfo or zone)[0]


def _back_from(day, times, zone):
    chains = [_chain(first, times[1:], zone) for first in _on(day, times[0], zone)]
    return max(chains, key=lambda chain: chain[-1] - chain[0])


def _chain(first, times, zone):
    chain = [first]
    for clock in times:
        chain.append(latest_before(clock, chain[-1], zone))
    return chain


def latest_before(clock, limit, zone):
    """Return the last moment not after `limit` at which a clock showed this time."""
    own = clock.tzinfo or zone
    day = limit.astimezone(own).date()
    days = (day + DAY * back for back in (0, -1, -2))
    return max(m for d in days for m in _readings(d, clock, own) if m <= limit)


def _earliest(clock, limit, zone):
    """Return the first moment not before `limit` at which a clock showed this time."""
    own = clock.tzinfo or zone
    day = limit.astimezone(own).date()
    days = (day + DAY * ahead for ahead in (0, 1, 2))
    return min(m for d in days for m in _readings(d, clock, own) if m >= limit)


def _on(day, clock, zone):
    """Return the moments of the story's day at which a clock showed this time."""
    own = clock.tzinfo or zone
    days = (day + DAY * step for step in (0, -1, 1))
    all_of_them = [m for d in days for m in _readings(d, clock, own)]
    return [m for m in all_of_them if m.astimezone(zone).date() == day] or all_of_them[:1]


def _readings(day, clock, zone):
    """Return the one moment of a local time, or two where the clocks go back."""
    local = datetime.combine(day, clock.replace(tzinfo=None), tzinfo=zone)
    first, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return [first, second] if second > first else [first]


def _minute_of_day(moment, zone):
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute
