"""Names of time zones as written beside a clock → the zone."""

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# Hours from UTC. Taken at their word: CET in summer is an hour behind Madrid's clocks.
_OFFSETS = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET", "УТС"), 0),
    **dict.fromkeys(("CET", "MEZ", "BST", "WEST", "WAT", "HNEC"), 1),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST", "CAT", "HAEC"), 2),
    **dict.fromkeys(("EEST", "MSK", "МСК", "TRT", "TSİ", "TSI", "EAT", "IDT"), 3),
    **dict.fromkeys(("GST",), 4),
    **dict.fromkeys(("PKT",), 5),
    **dict.fromkeys(("WIB", "ICT"), 7),
    **dict.fromkeys(("HKT", "SGT", "AWST", "MYT", "WITA"), 8),
    **dict.fromkeys(("JST", "KST", "WIT"), 9),
    **dict.fromkeys(("AEST",), 10),
    **dict.fromkeys(("AEDT",), 11),
    **dict.fromkeys(("NZST",), 12),
    **dict.fromkeys(("NZDT",), 13),
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
    "EASTERN TIME": "America/New_York",
    "EASTERN": "America/New_York",
    "CENTRAL TIME": "America/Chicago",
    "PACIFIC TIME": "America/Los_Angeles",
    "BRITISH SUMMER TIME": "Europe/London",
    "GREENWICH MEAN TIME": "Europe/London",
    "CENTRAL EUROPEAN TIME": "Europe/Berlin",
    "CENTRAL EUROPEAN SUMMER TIME": "Europe/Berlin",
    "EASTERN STANDARD TIME": "America/New_York",
    "EASTERN DAYLIGHT TIME": "America/New_York",
    "UK TIME": "Europe/London",
    "UK": "Europe/London",
    "LONDON TIME": "Europe/London",
    "IST": "Asia/Kolkata",
    "INDIA TIME": "Asia/Kolkata",
    "KYIV TIME": "Europe/Kyiv",
    "ЗА КИЄВОМ": "Europe/Kyiv",
    "ПО КИЕВУ": "Europe/Kyiv",
    "MOSCOW TIME": "Europe/Moscow",
    "ПО МОСКВЕ": "Europe/Moscow",
    "ПО МОСКОВСКОМУ ВРЕМЕНИ": "Europe/Moscow",
    "MADRID TIME": "Europe/Madrid",
    "PARIS TIME": "Europe/Paris",
    "HEURE DE PARIS": "Europe/Paris",
    "BERLIN TIME": "Europe/Berlin",
    "HORA PENINSULAR": "Europe/Madrid",
    "HORA DE BRASÍLIA": "America/Sao_Paulo",
    "HORÁRIO DE BRASÍLIA": "America/Sao_Paulo",
    "HORA DE LISBOA": "Europe/Lisbon",
    "JERUSALEM TIME": "Asia/Jerusalem",
    "بتوقيت غرينتش": "Etc/UTC",
    "بتوقيت القدس": "Asia/Jerusalem",
    "بتوقيت مكة المكرمة": "Asia/Riyadh",
    "北京时间": "Asia/Shanghai",
    "北京時間": "Asia/Shanghai",
    "日本時間": "Asia/Tokyo",
    "한국시간": "Asia/Seoul",
}
_LOCAL = {
    *("LOCAL TIME", "LOCAL", "HORA LOCAL", "HEURE LOCALE", "ORTSZEIT", "ORA LOCALE", "LOKALE TIJD"),
    *("ЗА МІСЦЕВИМ ЧАСОМ", "ПО МЕСТНОМУ ВРЕМЕНИ", "现地时间", "بالتوقيت المحلي"),
}
# The zone that this abbreviation most likely means.
_HOMES = {
    **dict.fromkeys(
        ("BST", "BRITISH SUMMER TIME", "UK", "UK TIME", "LONDON TIME"), "Europe/London"
    ),
    **dict.fromkeys(("ET", "EST", "EDT", "EASTERN TIME", "EASTERN"), "America/New_York"),
    **dict.fromkeys(("CT", "CDT", "CENTRAL TIME"), "America/Chicago"),
    **dict.fromkeys(("PT", "PST", "PDT", "PACIFIC TIME"), "America/Los_Angeles"),
    **dict.fromkeys(("MEZ", "MESZ"), "Europe/Berlin"),
    **dict.fromkeys(("MSK", "МСК"), "Europe/Moscow"),
    **dict.fromkeys(("TSİ", "TSI", "TRT"), "Europe/Istanbul"),
    **dict.fromkeys(("JST",), "Asia/Tokyo"),
    **dict.fromkeys(("KST",), "Asia/Seoul"),
    **dict.fromkeys(("HKT",), "Asia/Hong_Kong"),
    **dict.fromkeys(("SGT",), "Asia/Singapore"),
    **dict.fromkeys(("WIB",), "Asia/Jakarta"),
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
    **dict.fromkeys(("NZST", "NZDT"), "Pacific/Auckland"),
    **dict.fromkeys(("BRT",), "America/Sao_Paulo"),
    **dict.fromkeys(("SAST",), "Africa/Johannesburg"),
    **_PLACES,
}
_NAMES = sorted({*_OFFSETS, *_PLACES, *_LOCAL}, key=len, reverse=True)
_ZONE = re.compile(
    rf"(?:,(?=\s?UK$))?\s?\(?\s?(?P<name>(?:GMT|UTC)?\s?[+\-−]\d{{1,2}}(?::?\d{{2}})?|{'|'.join(_NAMES)})"
    r"(?![^\W_])(?:\s?\))?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+\-−])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[-–—:|·•,;)\]/])")


def read_zone(text: str, position: int) -> tuple[str, tzinfo | None, int] | None:
    """Return the name of the zone at this place, the zone (None: local) and where it ends."""
    match = _ZONE.match(text, position)
    if not match:
        return None
    name = match["name"].upper().strip()
    is_word = match["name"] != match["name"].upper() and " " not in name
    if is_word and not _ENDS.match(text, match.end()):
        return None  # `est` is French for “is”
    if name == "UK" and text[match.end() :]:
        return None  # `18:30 UK votes`
    if name in _LOCAL:
        return name, None, match.end()
    zone = _zone(name)
    return (name, zone, match.end()) if zone else None


def home_of(name: str, day: date | None = None) -> str | None:
    """Return the time zone of the newsroom that most likely wrote this abbreviation.

    GMT is London's where London's clocks show it at `day`.
    """
    if name not in {"GMT", "UTC"}:
        return _HOMES.get(name)
    if day is None or name == "UTC":
        return "UTC"
    noon = datetime.combine(day, time(12), ZoneInfo("Europe/London"))
    return "UTC" if noon.utcoffset() else "Europe/London"


def _zone(name) -> tzinfo | None:
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    if name in _PLACES:
        return ZoneInfo(_PLACES[name])
    match = _OFFSET.fullmatch(name)
    minutes = int(match[2]) * 60 + int(match[3] or 0) if match else 24 * 60
    if not match or minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
