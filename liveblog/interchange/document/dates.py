"""A date at the beginning of a text, in the languages of `words/` → year, month and day."""

import re
from dataclasses import dataclass
from datetime import date as calendar_date
from datetime import timedelta

from . import vocabulary

_WORD = r"[^\s\d,.;:|()\[\]\-–—/+]+"
_SUFFIX = r"(?:st|nd|rd|th|er|re|º|ª|°|\.|-?го|-?е)?"
_OF = r"(?:(?:de|of|del|den|d)\s+|d['’]\s?)?"
_YEAR = r"(?P<year>\d{4})"
_AFTER_YEAR = r"(?:\s?(?:року|года|г\.|р\.|r\.)(?!\w))?"

_LEAP_YEAR = 2000
_LEAST_BUDDHIST_YEAR = 2443  # 1900, as Thai documents count

_WEEKDAY = re.compile(rf"(?P<word>{_WORD}(?:-feira)?)\.?,?\s+", re.IGNORECASE)
_WEEKDAY_BEHIND = re.compile(rf",\s(?P<word>{_WORD})(?!\w)")
_NUMERIC = [
    re.compile(rf"{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"{_YEAR}/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"{_YEAR}\.\s?(?P<month>\d{{1,2}})\.\s?(?P<day>\d{{1,2}})(?!\d)\.?"),
    re.compile(
        r"(?:(?P<year>\d{4})\s?[年년]\s?)?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]"
        r"(?:\s?[(（][^\s\d()（）]{1,3}[)）]|\s?(?:星期|周|週)[一二三四五六日天]|\s?[월화수목금토일]요일)?"
    ),
    re.compile(
        r"(?P<first>\d{1,2})(?P<sign>[./-])\s?(?P<second>\d{1,2})(?P=sign)\s?"
        r"(?P<year>\d{4}|\d{2})(?!\d|:)\.?"
    ),
]
_NO_YEAR = [
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?!\d)"),
    re.compile(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?![\d/])"),
]
_NAMED = [
    re.compile(rf"{_YEAR}\.?\s+(?P<name>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?![\d:])\.?"),
    *(
        re.compile(
            rf"(?P<day>\d{{1,2}}){_SUFFIX}[\s-]{{0,2}}{_OF}(?P<name>{name})\.?"
            rf"(?:(?:,?[\s-]{{1,2}}|(?<=\.)){_OF}{_YEAR}(?!\d|:\d){_AFTER_YEAR})?"
        )
        for name in (_WORD, rf"{_WORD}\s{_WORD}")
    ),
    re.compile(
        rf"(?P<name>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.h])"
        rf"(?:,?\s+{_YEAR}(?![\d:]))?"
    ),
]


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written; `year` is None where the text gives none."""

    month: int
    day: int
    year: int | None = None

    @property
    def date(self) -> calendar_date | None:
        """The date, where the text gives its year."""
        return calendar_date(self.year, self.month, self.day) if self.year is not None else None

    @property
    def next(self) -> "Day":
        """The day after; without a year that of a leap year."""
        after = calendar_date(self.year or _LEAP_YEAR, self.month, self.day) + timedelta(days=1)
        return Day(after.month, after.day, after.year if self.year else None)

    def within(self, latest: calendar_date) -> calendar_date:
        """Return the day, in its own year or in the last one that puts it not after `latest`."""
        if self.date:
            return self.date
        for year in range(latest.year, latest.year - 9, -1):
            if _exists(year, self.month, self.day):
                found = calendar_date(year, self.month, self.day)
                if found <= latest:
                    return found
        raise ValueError(self)  # pragma: no cover - every day comes within eight years


def read_date(text: str, position: int = 0, *, month_first: bool = False):
    """Return the date at this place and where it ends, or None."""
    start = _after_weekday(text, position)
    found = _date_at(text, start, month_first)
    # `Mar` is Tuesday in Spanish and March in English.
    return found or (_date_at(text, position, month_first) if start > position else None)


def _date_at(text, start, month_first):
    for pattern in _NUMERIC:
        if (match := pattern.match(text, start)) and (day := _numeric(match, month_first)):
            return day, _after_weekday_behind(text, match.end())
    for pattern in _NAMED:
        if (match := pattern.match(text, start)) and (found := _named(match)):
            return found[0], _after_weekday_behind(text, found[1])
    return None


def read_short_date(text: str, position: int = 0, *, month_first: bool = False):
    """Return a date without a year in figures, which is one only beside a clock: `25.10. 13:51`."""
    start = _after_weekday(text, position)
    for pattern in _NO_YEAR:
        if (match := pattern.match(text, start)) and (day := _numeric(match, month_first)):
            return day, match.end()
    return None


def _after_weekday(text, position):
    match = _WEEKDAY.match(text, position)
    is_weekday = match and vocabulary.fold(match["word"]) in vocabulary.words("weekdays")
    return match.end() if match and is_weekday else position


def _after_weekday_behind(text, position):
    """Skip the weekday behind a date: `2024. november 25., hétfő`."""
    match = _WEEKDAY_BEHIND.match(text, position)
    is_weekday = match and vocabulary.fold(match["word"]) in vocabulary.words("weekdays")
    return match.end() if match and is_weekday else position


def _numeric(match, month_first):
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    if "first" in parts:
        month, day = int(parts["second"]), int(parts["first"])
        if month > 12 or (month_first and day <= 12):
            month, day = day, month
    else:
        month, day = int(parts["month"]), int(parts["day"])
    if year is not None and year < 100:
        year += 2000
    return _day(year, month, day)


def _named(match):
    month = vocabulary.months().get(vocabulary.fold(match["name"]))
    day = month and _day(int(match["year"]) if match["year"] else None, month, int(match["day"]))
    return (day, match.end()) if day else None


def _day(year, month, day):
    if year is not None and year >= _LEAST_BUDDHIST_YEAR:
        year -= 543
    exists = _exists(year if year is not None else 2000, month, day)
    is_plausible = year is None or 1900 <= year <= 2100
    return Day(month, day, year) if exists and is_plausible else None


def _exists(year, month, day):
    try:
        calendar_date(year, month, day)
    except ValueError:
        return False
    return True
