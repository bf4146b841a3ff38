"""Dates as other systems write them → moments with a zone."""

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

YEARS = range(1900, 9000)
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))?)?"
    r"\s?(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?",
    re.ASCII | re.IGNORECASE,
)


def read_moment(said: object, zone: tzinfo) -> datetime | None:
    """Read ISO 8601, MySQL, RFC 822 or seconds since 1970; None for what is no moment.

    One without a zone is read in `zone`.
    """
    if isinstance(said, bool) or said is None:
        return None
    try:
        if isinstance(said, int | float):
            found = datetime.fromtimestamp(said / 1000 if said > 1e11 else said, UTC)
        else:
            found = _read(str(said).strip()[:60])
        if found is None or found.year not in YEARS:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None


def _read(text):
    iso = _ISO.fullmatch(text)
    if not iso:
        return parsedate_to_datetime(text) if re.search(r"\d", text) else None
    day, minute, second, fraction, zone = iso.groups()
    fraction = f".{(fraction + '000000')[:6]}" if fraction else ""
    clock = f"T{minute}{second or ':00'}{fraction}" if minute else "T00:00:00"
    return datetime.fromisoformat(f"{day}{clock}{_offset(zone)}")


def _offset(zone):
    if not zone:
        return ""
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return "+00:00"
    digits = zone[1:].replace(":", "")
    return f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}"
