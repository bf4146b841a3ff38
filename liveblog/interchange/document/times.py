"""A line that is nothing but a time of day → that time, with the zone it names."""

import re
from datetime import time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from .text import Block

# Hours from UTC. Taken at their word: CET in summer is an hour behind Madrid's clocks.
_OFFSETS = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("CET", "MEZ", "BST", "WEST", "WAT"), 1),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST", "CAT"), 2),
    **dict.fromkeys(("EEST", "MSK", "TRT", "EAT", "IDT"), 3),
    **dict.fromkeys(("GST",), 4),
    **dict.fromkeys(("PKT",), 5),
    **dict.fromkeys(("HKT", "SGT", "AWST"), 8),
    **dict.fromkeys(("JST", "KST"), 9),
    **dict.fromkeys(("AEST",), 10),
    **dict.fromkeys(("AEDT",), 11),
    **dict.fromkeys(("ART", "BRT"), -3),
    **dict.fromkeys(("EDT",), -4),
    **dict.fromkeys(("EST", "CDT"), -5),
    **dict.fromkeys(("CST", "MDT"), -6),
    **dict.fromkeys(("MST", "PDT"), -7),
    **dict.fromkeys(("PST",), -8),
}
_PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "KYIV TIME": "Europe/Kyiv",
    "MOSCOW TIME": "Europe/Moscow",
    "LONDON TIME": "Europe/London",
    "MADRID TIME": "Europe/Madrid",
    "PARIS TIME": "Europe/Paris",
    "HORA PENINSULAR": "Europe/Madrid",
}
_LOCAL = {"LOCAL TIME", "LOCAL", "HORA LOCAL"}
_MOST_IN_LINE = 40

_CLOCK = re.compile(
    r"(?:at |a las )?(?P<hour>\d{1,2})"
    r"(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
    r"(?:\s?(?P<half>[ap])(?:\.\s?m\.|\.?m\.?))?"
    r"(?P<hours>\s?(?:h|hrs?|horas|uhr)\.?)?"
    r"(?:\s?\(?(?P<zone>[a-z][a-z ]*|(?:gmt|utc)?\s?[+\-−]\d{1,2}(?::?\d{2})?)\)?)?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+\-−])(\d{1,2})(?::?(\d{2}))?")


def read_time(line: str) -> time | None:
    """Read `08:45`, `8.45 am`, `10:30 CET`, `[10h30]`; None where the line says anything else."""
    if not _DIGIT.search(line, 0, 2 * _MOST_IN_LINE):
        return None
    line = _bare(line)
    match = _CLOCK.fullmatch(line) if 0 < len(line) <= _MOST_IN_LINE else None
    if not match or not (match["minute"] or match["half"]):
        return None
    zone = _zone(match["zone"])
    hour = _hour(int(match["hour"]), match["half"])
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    if zone is False or hour is None or minute > 59 or second > 59:
        return None
    return time(hour, minute, second, tzinfo=zone)


def _bare(line):
    if len(line) > 2 * _MOST_IN_LINE:
        return ""
    line = re.sub(r"\s", " ", line).strip().rstrip("-–—:|·").strip()
    return line[1:-1].strip() if line[:1] + line[-1:] in {"[]", "()"} else line


def _hour(hour, half):
    if not half:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half in "pP" else 0)


def _zone(name: str | None) -> tzinfo | bool | None:
    """Return the zone, None for the story's own, False where nobody knows it."""
    name = (name or "").strip().upper()
    if not name or name in _LOCAL:
        return None
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    if name in _PLACES:
        return ZoneInfo(_PLACES[name])
    return _offset(_OFFSET.fullmatch(name))


def _offset(match):
    if not match:
        return False
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60:
        return False
    return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))


def is_time(block: Block) -> bool:
    """Whether a block is a line of time alone."""
    return len(block.lines) == 1 and read_time(block.text) is not None
