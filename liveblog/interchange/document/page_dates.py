"""Which moments are the page's own, and which are those of its updates."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from . import vocabulary
from .bylines import PARTICLES
from .dates import Day
from .lines import Kind, Line
from .phrases import phrase_at_start
from .times import read_line

_LINES_ON_TOP = 14
_MOST_IN_LINE = 100
_MOST_BETWEEN_ZONES = 14  # hours
_LEAP_YEAR = 2000
_PARTED = re.compile(r"\s[-–—|•·]\s|,\s")


def with_page_dates(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the page's own moments marked as such."""
    found = _with_published_updates(_with_days_below(_without_times_again(list(lines))))
    found = _with_days_apart(_with_places(found))
    for _ in range(3):
        times = [index for index, line in enumerate(found) if line.kind == Kind.TIME]
        if not times or not _is_of_page(found, times):
            break
        found[times[0]] = replace(found[times[0]], kind=Kind.UPDATED)
    return found


def _is_of_page(lines, times):
    """Whether the first time is the page's: it has a date, and the others look different."""
    first = lines[times[0]]
    if first.rest or first.mark or not first.moment.day:
        return False
    above = lines[times[0] - 1] if times[0] else None
    if above and above.kind == Kind.UPDATED and not (above.moment.day or above.moment.time):
        return True
    after = _next(lines, times[0])
    if len(times) == 1 or after is None or after.kind in {Kind.UPDATED, Kind.TIME}:
        return True
    others = [lines[index] for index in times[1:]]
    dated = [line for line in others if line.moment.day]
    if len(dated) * 2 < len(others):
        return True
    return all(_shape(line.text) != _shape(first.text) for line in others)


def _next(lines, index):
    """Return the line below that has something to say."""
    return _first_of(lines[index + 1 : index + 20])


def _first_of(lines):
    idle = {Kind.BLANK, Kind.BOILERPLATE, Kind.RELATIVE}
    return next((line for line in lines if line.kind not in idle), None)


def _shape(text):
    """Return how a moment is written: `9 aaa 9999, 9:99`."""
    text = re.sub(r"[^\W\d_]+", "a", text)
    return re.sub(r"\d+", "9", text)


def _with_days_below(lines):
    """Read the date on the line under each time as the day of that time."""
    bare = [
        index
        for index, line in enumerate(lines)
        if line.kind == Kind.TIME and not (line.rest or line.mark or line.moment.day)
    ]
    below = [lines[index + 1] for index in bare if index + 1 < len(lines)]
    if len(bare) < 2 or len(below) < len(bare) or any(each.kind != Kind.DAY for each in below):
        return lines
    for index, day in zip(bare, below, strict=True):
        moment = replace(lines[index].moment, day=day.moment.day)
        lines[index] = replace(lines[index], moment=moment)
    return lines


def _with_days_apart(lines):
    """Read `22 Nov 2024 - 21:30` over `(20:30 GMT)` as a day and a time: one moment."""
    for index, (line, below) in enumerate(pairwise(lines)):
        is_pair = line.kind == below.kind == Kind.TIME and not (line.rest or below.rest)
        if is_pair and line.moment.day and not below.moment.day and below.moment.zone:
            lines[index] = replace(line, kind=Kind.DAY)
            day = _day_there(line.moment, below.moment)
            lines[index + 1] = replace(below, moment=replace(below.moment, day=day))
    return lines


def _day_there(moment, same):
    """Return the day of the other clock that shows the same moment."""
    hours = same.time.hour - moment.time.hour
    step = -1 if hours > _MOST_BETWEEN_ZONES else 1 if hours < -_MOST_BETWEEN_ZONES else 0
    year = moment.day.year or _LEAP_YEAR
    found = date(year, moment.day.month, moment.day.day) + timedelta(days=step)
    return Day(found.month, found.day, found.year if moment.day.year else None)


def _without_times_again(lines):
    """Leave out a time under a headline that has it on its own line, too."""
    for index, (line, below) in enumerate(pairwise(lines)):
        is_pair = line.kind == below.kind == Kind.TIME and line.rest and not below.rest
        if is_pair and _clock(line.moment) == _clock(below.moment):
            lines[index + 1] = replace(below, kind=Kind.UPDATED)
    return lines


def _clock(moment):
    return (moment.time.hour, moment.time.minute)


def _with_places(lines):
    """Read `Madrid - 25 oct 2024 - 14:05 CEST` near the top as the page's moment."""
    seen = 0
    for index, line in enumerate(lines):
        seen += line.kind != Kind.BLANK
        if seen > _LINES_ON_TOP or line.kind == Kind.TIME:
            break
        if seen > 1 and line.kind == Kind.TEXT and not line.mark:
            moment = _behind_place(line.text)
            lines[index] = replace(line, kind=Kind.UPDATED, moment=moment) if moment else line
    return lines


def _behind_place(text):
    if len(text) > _MOST_IN_LINE:
        return None
    for match in list(_PARTED.finditer(text))[:2]:
        words = text[: match.start()].split()
        moment = read_line(text[match.end() :])
        is_place = len(words) <= 6 and all(map(_is_of_name, words))
        if is_place and moment and moment.day:
            return moment
    return None


def _is_of_name(word):
    """Whether a word may be one of a place's name: `Santa Cruz de La Palma`."""
    return not word.endswith((".", ",")) and (not word[0].islower() or word in PARTICLES)


def _with_published_updates(lines):
    """Read `published at 10:32` under each update's headline as its time, if nothing else is."""
    if any(line.kind == Kind.TIME for line in lines):
        return lines
    found = [
        index
        for index, line in enumerate(lines)
        if line.kind == Kind.UPDATED and line.moment.time and _is_between_texts(lines, index)
    ]
    labels = {_label(lines[index].text) for index in found}
    if len(found) < 2 or len(labels) > 1:
        return lines
    for index in found:
        lines[index] = replace(lines[index], kind=Kind.TIME)
    return lines


def _is_between_texts(lines, index):
    before = _first_of(reversed(lines[max(0, index - 5) : index]))
    after = _next(lines, index)
    return before is not None and after is not None and before.kind == after.kind == Kind.TEXT


def _label(text):
    return vocabulary.fold(text[: phrase_at_start(text, "updated")])
