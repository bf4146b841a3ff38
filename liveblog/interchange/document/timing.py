"""Times of day, some or none of them known → the moment of every update, in their order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .assigned_times import with_times
from .dates import Day
from .day_assignment import DAY, Dated, ascend, assign_days, is_held_on_top, latest_before
from .times import Moment

EVERY = timedelta(minutes=20)

_TICK = timedelta(microseconds=1)
# A page says `Updated 14:05` and has an update of 14:20: pages are copied while they change.
_AFTER_PAGE = timedelta(hours=6)
_NEAR_PUBLICATION = timedelta(hours=1)
# A day without a year is of the page's year, or of the editor's: not long after their moment.
_NEAR = timedelta(days=30)

# A time of day, perhaps with its day, or a day alone; None where the document has neither.
Clock = time | tuple[time, Day] | Day | None


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
    times: Sequence[Clock],
    *,
    zone: tzinfo,
    now: datetime,
    page: Moment | None = None,
    newest: datetime | None = None,
    every: timedelta = EVERY,
    oldest_first: bool = False,
) -> Schedule:
    """Give each update of a document its moment.

    `times` are those found in the text; they win. `newest` is the moment of the
    first update on the page, `every` the spacing backwards down the page. Without
    `newest` the times are of the day of `page`, which is the moment that the page
    itself gives; else today's, or yesterday's where today's would lie in the future;
    with neither, the newest update is of this minute. Raise ScheduleError.
    """
    if every <= timedelta(0):
        raise ScheduleError(Message(_("the spacing between updates has to be more than nothing")))
    limit = _Limit.of(page, zone=zone, now=now, newest=newest)
    try:
        latest = min(_day(limit.moment, zone) + _NEAR, _day(now, zone))
        timed = with_times(
            times,
            day=latest,
            now=now,
            newest=newest,
            zone=zone,
            every=every,
            oldest_first=oldest_first,
        )
        clocks = [_dated(each, latest) for each in timed]
        schedule = _plan(clocks, limit, zone=zone, every=every, oldest_first=oldest_first)
        if any(isinstance(each, Day) for each in times):
            schedule = replace(schedule, times_assigned=True)
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


@dataclass(frozen=True)
class _Limit:
    """What bounds the newest update: the editor's moment, the page's own, or now."""

    moment: datetime
    now: datetime
    is_exact: bool = False
    is_page: bool = False
    has_time: bool = True

    @classmethod
    def of(cls, page: Moment | None, *, zone, now, newest) -> "_Limit":
        if newest is not None:
            return cls(newest, now, is_exact=True)
        day = page.day.within(now.astimezone(zone).date()) if page and page.day else None
        if page is None or day is None:
            return cls(_minute(now), now)
        clock = page.time or time(12)
        moment = to_moment(datetime.combine(day, clock.replace(tzinfo=None)), clock.tzinfo or zone)
        if moment > now:
            return cls(_minute(now), now)
        return cls(moment, now, is_page=True, has_time=page.time is not None)


def _plan(times, limit, *, zone, every, oldest_first):
    notes: list[Message] = []
    known = [each for each in times if each]
    direction = ascend(known, zone=zone, day=_day(limit.moment, zone))
    is_oldest_first = oldest_first if direction is None else direction
    if is_oldest_first != oldest_first:
        ascending = _("the times in the text ascend: read oldest first")
        descending = _("the times in the text descend: read newest first")
        notes.append(Message(ascending if is_oldest_first else descending))
    page = list(times)[::-1] if is_oldest_first else list(times)
    is_held = not is_oldest_first and is_held_on_top(page)
    moments = _moments(page[is_held:], limit, zone=zone, every=every, notes=notes)
    if is_held:
        moments.insert(0, latest_before(page[0].clock, moments[0], zone))
    moments = _distinct(moments)
    return Schedule(
        moments=tuple(moments[::-1] if is_oldest_first else moments),
        opened_at=min(moments, default=limit.moment),
        last_updated_at=max(moments, default=limit.moment),
        is_oldest_first=is_oldest_first,
        times_assigned=None in page,
        notes=tuple(notes),
    )


def _moments(page, limit, *, zone, every, notes):
    """Return moments for times in page order, newest first."""
    if not any(page):
        if page and not limit.is_exact:
            notes.append(_assumed(limit, zone))
        return [limit.moment - every * index for index in range(len(page))]
    known = _assign_days([t for t in page if t], limit, zone=zone, notes=notes)
    found = iter(known)
    moments = [next(found) if t else None for t in page]
    if None in moments:
        words = _("%(count)d of %(total)d updates have no time: assigned between")
        notes.append(Message(words, count=moments.count(None), total=len(page)))
        last = limit.moment if limit.is_exact else max(limit.now, known[0])
        _extend(moments, every=every, limit=last, is_exact=limit.is_exact)
        _interpolate(moments)
    return moments


def _assumed(limit, zone):
    if not limit.is_page:
        return Message(_("no times and no --date: the newest update is of this minute"))
    words = _("no times and no --date: the newest update is of %(moment)s, as the page says")
    return Message(words, moment=f"{limit.moment.astimezone(zone):%Y-%m-%d %H:%M}")


def _assign_days(times, limit, *, zone, notes):
    """Put known times on their days, going back from the newest."""
    day = _day(limit.moment, zone)
    placed = assign_days(times, day, zone)
    if limit.is_exact and _is_of_oldest(limit.moment.astimezone(zone), times):
        placed = assign_days(times, day + (day - _day(placed[-1], zone)), zone)
    if limit.is_exact or any(each.day for each in times):
        return placed
    latest = limit.moment + _AFTER_PAGE if limit.is_page and limit.has_time else limit.now
    if placed[0] <= limit.now and _goes_on_from_page(placed, limit):
        latest = limit.now
    while placed[0] > min(latest, limit.now):
        day -= DAY
        placed = assign_days(times, day, zone)
    words = _("no --date: the newest time in the text is of %(day)s")
    as_page = _("no --date: the newest time in the text is of %(day)s, as the page says")
    notes.append(Message(as_page if limit.is_page else words, day=day))
    return placed


def _goes_on_from_page(placed, limit):
    """Whether the page says when it was published: near its oldest update, not its newest."""
    is_dated = limit.is_page and limit.has_time
    is_near_newest = limit.moment - (placed[0] - DAY) <= _NEAR_PUBLICATION
    is_near_oldest = abs(placed[-1] - limit.moment) <= _NEAR_PUBLICATION
    return is_dated and is_near_oldest and not is_near_newest


def _is_of_oldest(given, times):
    """Whether the editor gave the moment of the oldest update: the first of an ascending list."""
    shown = [(each.clock.hour, each.clock.minute) for each in times]
    return shown[-1] == (given.hour, given.minute) != shown[0]


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
    """Part equal moments by microseconds, so that they keep the page's order.

    A moment with a date that is out of the page's order keeps its place in time.
    """
    apart: list[datetime] = []
    taken: Counter[datetime] = Counter()
    for moment in reversed(moments):
        apart.append(moment + _TICK * taken[moment])
        taken[moment] += 1
    return apart[::-1]


def _dated(clock: Clock, latest: date) -> Dated | None:
    if isinstance(clock, tuple):
        return Dated(clock[0], clock[1].within(latest))
    return Dated(clock) if isinstance(clock, time) else None


def _day(moment: datetime, zone) -> date:
    return moment.astimezone(zone).date()


def _minute(moment):
    return moment.astimezone(UTC).replace(second=0, microsecond=0)
