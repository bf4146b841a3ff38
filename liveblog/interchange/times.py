"""Times of day as a document writes them, and the moments they mean; no Django."""

import itertools
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
OFFSETS = {  # hours from UTC
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "BST": 1,
    "WEST": 1,
    "IST": 5.5,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "EST": -5,
    "EDT": -4,
    "ET": None,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
}
_TIME = re.compile(
    r"[\[(]?(?P<hour>\d{1,2})(?:\s?[:.hH]\s?(?P<minute>\d{2}))?(?::\d{2})?\s*"
    r"(?P<half>[ap]\.?\s?m\.?)?\s*(?:h|hrs?|Uhr|uur)?\.?\s*"
    r"[\[(]?(?P<zone>[A-Z]{1,5}(?:[+-]\d{1,2})?|local time|hora local)?[\])]*\s*[-–—|:]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ClockTime:
    """A time of day, in the zone that the document names beside it, else in the story's."""

    time: time
    zone: str = ""

    @property
    def offset(self) -> timedelta | None:
        hours = OFFSETS.get(self.zone.upper())
        return None if hours is None else timedelta(hours=hours)


def read_time_line(line: str) -> ClockTime | None:
    """Read a line that is a time and nothing else: `08:45`, `8.45 am`, `10:30 CET`."""
    found = _TIME.fullmatch(line.strip()) if len(line) <= 24 else None
    if not found or not (found["minute"] or found["half"]):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()[:1]
    zone = found["zone"] or ""
    if zone and zone.upper() not in OFFSETS and "loc" not in zone.lower():
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return ClockTime(time(hour, minute), zone) if hour < 24 and minute < 60 else None


def is_ascending(times: list[ClockTime | None]) -> bool:
    """Tell whether a document's times go up as it is read, midnights allowed for."""
    minutes = [60 * each.time.hour + each.time.minute for each in times if each]
    pairs = list(itertools.pairwise(minutes))
    if all(one <= other for one, other in pairs):
        return any(one < other for one, other in pairs)
    if all(one >= other for one, other in pairs):
        return False
    return sum((other - one + 720) % 1440 - 720 for one, other in pairs) > 0


@dataclass(frozen=True)
class Clock:
    """What the moments of a document are reckoned from.

    `newest` is the moment of the newest update, or only its day where the document
    says its times; `every` is the spacing where it does not.
    """

    newest: datetime
    every: timedelta
    zone: ZoneInfo


def assign_moments(times: list[ClockTime | None], clock: Clock) -> list[datetime]:
    """Give each update its moment, in UTC; `times` and the answer are newest first.

    A time later than the one before it lies a day earlier. What has no time is spaced
    between its neighbours. No two moments are equal.
    """
    known = _known_moments(times, clock)
    if not any(known):
        known = [clock.newest] + [None] * (len(times) - 1) if times else []
    return _make_distinct(_fill(known, clock.every))


def _known_moments(times, clock):
    moments: list[datetime | None] = []
    day = clock.newest.astimezone(clock.zone).date()
    before: datetime | None = None
    for each in times:
        if each is None:
            moments.append(None)
            continue
        zone = clock.zone if each.offset is None else timezone(each.offset)
        moment = datetime.combine(day, each.time, zone).astimezone(clock.zone)
        if before and moment - before > timedelta(0):
            moment = datetime.combine(moment.date() - DAY, moment.time(), clock.zone)
        day, before = moment.date(), moment
        moments.append(moment)
    return moments


def _fill(moments, every):
    places = [place for place, moment in enumerate(moments) if moment]
    filled = list(moments)
    for place, moment in enumerate(moments):
        if moment:
            continue
        newer = max((each for each in places if each < place), default=None)
        older = min((each for each in places if each > place), default=None)
        if newer is None:
            filled[place] = moments[older] + (older - place) * every
        elif older is None:
            filled[place] = moments[newer] - (place - newer) * every
        else:
            gap = (moments[newer] - moments[older]) / (older - newer)
            filled[place] = moments[older] + (older - place) * gap
    return filled


def _make_distinct(moments):
    distinct: list[datetime] = []
    for moment in reversed(moments):
        moment = moment.astimezone(UTC)
        if distinct and moment <= distinct[-1]:
            moment = distinct[-1] + timedelta(microseconds=1)
        distinct.append(moment)
    return distinct[::-1]
