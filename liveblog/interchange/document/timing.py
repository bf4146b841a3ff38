"""Times of day, some or none of them known → the moment of every update, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

EVERY = timedelta(minutes=20)

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
# Passing midnight is likelier than a wait of this much more between two updates.
_MIDNIGHT_COSTS = 6 * 60


class ScheduleError(ValueError):
    """Times that no story can have; the message says why."""


@dataclass(frozen=True)
class Schedule:
    """Moments in UTC, all different, in the document's order; `opened_at` is the earliest."""

    moments: tuple[datetime, ...]
    opened_at: datetime
    last_updated_at: datetime
    is_oldest_first: bool
    times_assigned: bool
    notes: tuple[Message, ...]


def plan(
    times: Sequence[time | None],
    *,
    zone: tzinfo,
    now: datetime,
    newest: datetime | None = None,
    every: timedelta = EVERY,
    oldest_first: bool = False,
) -> Schedule:
    """Give each update of a document its moment.

    `times` are those found in the text; they win. `newest` is the moment of the
    first update on the page, `every` the spacing backwards down the page. Without
    `newest` the times are today's, or yesterday's where today's would lie in the
    future; with neither, the newest update is of this minute. Raise ScheduleError.
    """
    if every <= timedelta(0):
        raise ScheduleError(Message(_("the spacing between updates has to be more than nothing")))
    try:
        schedule = _plan(times, zone, now, newest, every, oldest_first)
    except OverflowError:
        raise ScheduleError(Message(_("the updates reach back before the year 1"))) from None
    if schedule.last_updated_at > now:
        last = schedule.last_updated_at.astimezone(zone)
        words = _("%(moment)s lies in the future")
        raise ScheduleError(Message(words, moment=f"{last:%Y-%m-%d %H:%M}"))
    return schedule


def to_moment(local: datetime, zone: tzinfo) -> datetime:
    """Read a local time in UTC: the earlier of two, the later side of a gap in the clocks."""
    return (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)


def _plan(times, zone, now, newest, every, oldest_first):
    notes: list[Message] = []
    direction = _ascend([t for t in times if t], zone=zone, day=_day(newest or now, zone))
    is_oldest_first = oldest_first if direction is None else direction
    if is_oldest_first != oldest_first:
        ascend = _("the times in the text ascend: read oldest first")
        descend = _("the times in the text descend: read newest first")
        notes.append(Message(ascend if is_oldest_first else descend))
    page = list(times)[::-1] if is_oldest_first else list(times)
    moments = _distinct(_moments(page, zone=zone, now=now, newest=newest, every=every, notes=notes))
    opened, last = _bounds(moments, newest or _minute(now))
    return Schedule(
        moments=tuple(moments[::-1] if is_oldest_first else moments),
        opened_at=opened,
        last_updated_at=last,
        is_oldest_first=is_oldest_first,
        times_assigned=None in page,
        notes=tuple(notes),
    )


def _moments(page, *, zone, now, newest, every, notes):
    """Return moments for times in page order, newest first."""
    if not any(page):
        if page and newest is None:
            notes.append(Message(_("no times and no --date: the newest update is of this minute")))
        newest = newest or _minute(now)
        return [newest - every * index for index in range(len(page))]
    known = _place([t for t in page if t], zone=zone, now=now, newest=newest, notes=notes)
    found = iter(known)
    moments = [next(found) if t else None for t in page]
    if None in moments:
        words = _("%(count)d of %(total)d updates have no time: assigned between")
        notes.append(Message(words, count=moments.count(None), total=len(page)))
        limit = newest or max(now, known[0])
        _extend(moments, every=every, limit=limit, is_exact=newest is not None)
        _interpolate(moments)
    return moments


def _place(times, *, zone, now, newest, notes):
    """Put known times on their days, going back from the newest."""
    day = _day(newest or now, zone)
    placed = _back_from(day, times, zone)
    if newest is None:
        while placed[0] > now:
            day -= _DAY
            placed = _back_from(day, times, zone)
        words = _("no --date: the newest time in the text is of %(day)s")
        notes.append(Message(words, day=day))
    return placed


def _back_from(day, times, zone):
    chains = [_chain(first, times[1:], zone) for first in _on(day, times[0], zone)]
    return max(chains, key=lambda chain: chain[-1] - chain[0])


def _chain(first, times, zone):
    chain = [first]
    for clock in times:
        chain.append(_latest(clock, chain[-1], zone))
    return chain


def _latest(clock, limit, zone):
    """Return the last moment not after `limit` at which a clock showed this time."""
    own = clock.tzinfo or zone
    day = limit.astimezone(own).date()
    days = (day + _DAY * back for back in (0, -1, -2))
    return max(m for d in days for m in _readings(d, clock, own) if m <= limit)


def _on(day, clock, zone):
    """Return the moments of the story's day at which a clock showed this time."""
    own = clock.tzinfo or zone
    days = (day + _DAY * step for step in (0, -1, 1))
    all_of_them = [m for d in days for m in _readings(d, clock, own)]
    return [m for m in all_of_them if _day(m, zone) == day] or all_of_them[:1]


def _readings(day, clock, zone):
    """Return the one moment of a local time, or two where the clocks go back."""
    local = datetime.combine(day, clock.replace(tzinfo=None), tzinfo=zone)
    first, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return [first, second] if second > first else [first]


def _ascend(times, *, zone, day):
    """Whether the times run from old to new; None where they don't say."""
    minutes = [_minute_of_day(_on(day, clock, zone)[0], zone) for clock in times]
    steps = [(after - before) for before, after in pairwise(minutes)]
    ascending = sum(step % 1440 + _MIDNIGHT_COSTS * (step < 0) for step in steps)
    descending = sum(-step % 1440 + _MIDNIGHT_COSTS * (step > 0) for step in steps)
    return None if ascending == descending else ascending < descending


def _extend(moments, *, every, limit, is_exact):
    """Give the ends of the page a moment, counted from the nearest one known."""
    first = next(index for index, moment in enumerate(moments) if moment)
    last = next(index for index, moment in enumerate(reversed(moments)) if moment)
    if first:
        known = moments[first]
        wished = limit if is_exact and limit > known else known + every * first
        moments[0] = wished if is_exact else min(wished, limit)
    if last:
        moments[-1] = moments[-1 - last] - every * last


def _interpolate(moments):
    known = [index for index, moment in enumerate(moments) if moment]
    for newer, older in pairwise(known):
        step = (moments[older] - moments[newer]) / (older - newer)
        for index in range(newer + 1, older):
            between = _minute(moments[newer] + step * (index - newer))
            moments[index] = max(between, moments[older])


def _distinct(moments):
    """Part equal moments by microseconds, so that they keep the page's order."""
    apart: list[datetime] = []
    for moment in reversed(moments):
        apart.append(max(moment, apart[-1] + _TICK) if apart else moment)
    return apart[::-1]


def _bounds(moments, otherwise):
    return (moments[-1], moments[0]) if moments else (otherwise, otherwise)


def _day(moment: datetime, zone) -> date:
    return moment.astimezone(zone).date()


def _minute_of_day(moment, zone):
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute


def _minute(moment):
    return moment.astimezone(UTC).replace(second=0, microsecond=0)
