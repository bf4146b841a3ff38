"""The moment at the beginning of a line: a time of day, a date, or both, with the zone named."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import time as time_of_day
from functools import lru_cache

from . import vocabulary
from .dates import Day, read_date, read_short_date
from .phrases import find_phrases
from .zones import read_zone

MOST_IN_MOMENT = 100  # characters; nothing that is longer is read as a time

_DIGIT = re.compile(r"\d")
_CLOCKS = [
    re.compile(
        r"(?P<hour>\d{1,2})\s?(?P<sign>[:.hH]|[hH]\s)\s?(?P<minute>\d{2})(?!\d|[.,]\d)"
        r"(?::(?P<second>\d{2})(?!\d))?"
    ),
    re.compile(
        r"(?P<hour>\d{1,2})\s?(?:[時时點点]|시)(?![間间간])"
        r"(?:\s?(?P<minute>\d{1,2})\s?[分분]|(?P<half>[半반]))?"
    ),
    re.compile(r"(?P<hour>\d{1,2})\s(?:giờ|óra)\s(?P<minute>\d{1,2})(?:\s(?:phút|perc))?(?!\w)"),
    re.compile(r"(?P<hour>\d{1,2})(?=\s?[apAP](?:\.\s?[mM]\.|\.?[mM](?!\w)))"),
    re.compile(r"(?P<hour>\d{1,2})(?=\s?(?:h|hs|hrs|Uhr|uur|horas|godz\.)(?:\s*$|\s?[:|–—-]\s))"),
    re.compile(
        r"(?:(?<=ore )|(?<=kl )|(?<=kl\. )|(?<=godz\. ))(?P<hour>\d{1,2})(?=\s?[:|–—-]\s)",
        re.IGNORECASE,
    ),
]
_HALF = re.compile(r"\s?(?P<half>[apπμ])(?:\.\s?[mμ]\.?|[mμ]\.?)(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"\s?(?P<word>[^\s\d,.;:|()\[\]\-–—/+]+)\.?(?![^\W_])")
_BEFORE = re.compile(r"(?P<word>[^\s\d,.;:|()\[\]–—/+]+)[.,]?\s*")
_ENDS = re.compile(r"\s*(?:$|[-–—:|·•,;)\]/(])")
_BETWEEN = re.compile(r"(?:[\s,،、;|·•–—\-/(]|T(?=\d))*")
_ATTACHED = re.compile(r"午前|午後|上午|下午|凌晨|早上|晚上|傍晚|오전|오후")
_US_ZONES = {"ET", "EST", "EDT", "CT", "CST", "CDT", "PT", "PST", "PDT", "MT", "EASTERN TIME"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as a text gives it; `end` is where its words end, `is_plain` that nothing but
    a full stop says that the figures are a time (`8.45`)."""

    end: int
    time: time_of_day | None = None
    day: Day | None = None
    zone: str = ""
    is_plain: bool = False
    is_yesterday: bool = False
    ends_day: bool = False


def read_time(line: str) -> time_of_day | None:
    """Read `08:45`, `8.45 am`, `10:30 CET`, `[10h30]`; None where the line says anything else."""
    moment = read_line(line)
    return moment.time if moment else None


def read_line(line: str) -> Moment | None:
    """Read a line that is a moment and nothing else."""
    if len(line) > MOST_IN_MOMENT or not _DIGIT.search(line):
        return None
    line = bare(line)
    moment = read_moment(line)
    return moment if moment and not line[moment.end :].strip(" -–—:|·•.,;/)") else None


def bare(line: str) -> str:
    """Return a line without the brackets, bullets and plus signs round a time."""
    line = plain(line).strip(" \t•·●○▪■◆►▶*|–—-+")
    return line[1:-1].strip() if line[:1] + line[-1:] in {"[]", "()", "【】", "<>"} else line


def plain(text: str) -> str:
    """Return text with ASCII digits, colons and spaces, each character in its place."""
    return text if text.isascii() else "".join(map(_plain, text))


@lru_cache(4096)
def _plain(character):
    if character in "：∶٫":
        return ":" if character != "٫" else "."
    if character in "．":
        return "."
    if character.isspace() or character in "\u200e\u200f\u2066\u2067\u2068\u2069\u061c\ufeff":
        return " "
    digit = unicodedata.digit(character, None) if character.isdecimal() else None
    return character if digit is None else str(digit)


def read_moment(text: str, position: int = 0) -> Moment | None:
    """Read the moment that begins here in `plain` text."""
    if not _DIGIT.search(text, position, position + MOST_IN_MOMENT):
        return None
    text = text[: position + MOST_IN_MOMENT]
    start = _after_fillers(text, position)
    found = _dated(text, start) or _clocked(text, start)
    if (
        found
        and found.time
        and not found.day
        and any(find_phrases(text[position:start], "yesterday"))
    ):
        return replace(found, is_yesterday=True)
    return found


def _dated(text, start):
    month_first = any(zone in text for zone in (" ET", " EDT", " EST", " PT", " PDT"))
    found = read_date(text, start, month_first=month_first)
    if found:
        day, end = found
        colon = text.startswith(": ", end)  # 27 نوفمبر 2024: 01:45
        clock = _read_clock(text, _after_fillers(text, _after_signs(text, end + colon)))
        return _on(clock, day, clock.end) if clock else Moment(end, day=day)
    if found := read_short_date(text, start, month_first=month_first):
        day, end = found
        clock = _read_clock(text, _after_fillers(text, _after_signs(text, end)))
        return _on(clock, day, clock.end) if clock else None
    return None


def _on(clock, day, end):
    """Return the moment of a clock on a day; 24:00 is the beginning of the next."""
    day = day.next if clock.ends_day else day
    return Moment(end, clock.time, day, clock.zone, ends_day=clock.ends_day)


def _clocked(text, start):
    clock = _read_clock(text, start)
    if not clock:
        return None
    after = _after_fillers(text, _after_signs(text, clock.end))
    month_first = clock.zone in _US_ZONES
    found = after > clock.end and read_date(text, after, month_first=month_first)
    found = found or (after > clock.end and _short_date_at_end(text, after, month_first))
    return _on(clock, *found) if found else clock


def _short_date_at_end(text, after, month_first):
    found = read_short_date(text, after, month_first=month_first)
    return found if found and _ENDS.match(text, found[1]) else None


def _after_signs(text, position):
    """Skip what is between a date and a time."""
    match = _BETWEEN.match(text, position)
    return match.end() if match else position


def _after_fillers(text, position):
    """Skip `at`, `a las`, `kl.`, `Published at`'s preposition and their like."""
    for _ in range(4):
        match = _BEFORE.match(text, position)
        if not match:
            break
        second = _BEFORE.match(text, match.end())
        if second and f"{vocabulary.fold(match['word'])} {vocabulary.fold(second['word'])}" in (
            vocabulary.words("now")  # i går
        ):
            match = second
        elif not _is_filler(vocabulary.fold(match["word"])):
            break
        position = match.end()
    return position


def _read_clock(text, position):
    half, position = _half_before(text, position)
    is_counted_from_0 = bool(half)  # 午後0時30分
    match = next((m for pattern in _CLOCKS if (m := pattern.match(text, position))), None)
    if not match:
        return None
    found = match.groupdict()
    end = match.end()
    after = _half_after(text, end) if not half else None
    half, end = after or (half, end)
    hour_word = _hour_word(text, end)
    end = hour_word or end
    minute = 30 if found.get("half") else int(found.get("minute") or 0)
    second = int(found.get("second") or 0)
    ends_day = int(match["hour"]) == 24 and not (half or minute or second)
    hour = 0 if ends_day else _hour(int(match["hour"]), half, least=0 if is_counted_from_0 else 1)
    if hour is None or minute > 59 or second > 59:
        return None
    name, zone, zone_end = read_zone(text, end) or ("", None, end)
    is_plain = found.get("sign") == "." and not (half or hour_word or name)
    clock = time_of_day(hour, minute, second, tzinfo=zone)
    return Moment(zone_end, clock, None, name, is_plain, ends_day=ends_day)


def _is_filler(word):
    return word in vocabulary.words("before_time") or word in vocabulary.words("now")


def begins_with_half(text: str, position: int) -> bool:
    """Whether `午後` or its like is here, before an hour."""
    return _ATTACHED.match(text, position) is not None


def _half_before(text, position):
    """Read `午前` or `오후`, which are before the hour."""
    match = _ATTACHED.match(text, position)
    if not match:
        return "", position
    half = "a" if match[0] in vocabulary.words("am") else "p"
    return half, position + len(match[0]) + (text[match.end() : match.end() + 1] == " ")


def _half_after(text, position):
    if match := _HALF.match(text, position):
        # Greek writes π.μ. before noon and μ.μ. after it.
        return ("a" if match["half"].lower() in "aπ" else "p"), match.end()
    match = _WORD.match(text, position)
    if not match or not _ENDS.match(text, match.end()):
        return None
    word = vocabulary.fold(match["word"])
    for table, half in (("am", "a"), ("pm", "p")):
        if word in vocabulary.words(table):
            return half, match.end()
    return None


def _hour_word(text, position):
    match = _WORD.match(text, position)
    is_word = match and vocabulary.fold(match["word"]) in vocabulary.words("hour")
    return match.end() if match and is_word else None


def _hour(hour, half, *, least):
    if not half or hour > 12:
        # `14:30 p.m.` is a slip; `13:10 pm` says the same twice.
        return hour if hour < 24 and not half else None
    if hour < least:
        return None
    return hour % 12 + (12 if half == "p" else 0)
