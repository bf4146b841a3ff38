"""A form field for a local time in the story's zone, by the 24-hour clock."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FORMAT = "%Y-%m-%d %H:%M"
EXAMPLE = "2026-11-28 20:20"
# A phone's figures are enough: 202611282020.
PATTERN = r"\d{4}-?\d{2}-?\d{2}[ T]*\d{1,2}[:.]?\d{2}(?::\d{2})?"
_READING = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})[ T]*(\d{1,2})[:.]?(\d{2})(?::(\d{2}))?")
_YEARS = range(1000, 9000)  # beyond these a zone's difference may leave the calendar

_QUARTER = timedelta(minutes=15)
_LEAST_AHEAD = timedelta(minutes=5)


def clock_attributes() -> dict[str, str]:
    """Return what makes an `<input>` one for a day and a time; scripts help in it.

    The browser's own field shows AM and PM to whoever's browser speaks English.
    """
    return {
        "inputmode": "numeric",
        "pattern": PATTERN,
        "placeholder": str(_("YYYY-MM-DD HH:MM")),
        "autocomplete": "off",
        "maxlength": "19",
        "data-clock": "",
    }


class _ClockInput(forms.TextInput):
    def get_context(self, name, value, attrs):
        return super().get_context(name, value, clock_attributes() | (attrs or {}))


class ClockField(forms.CharField):
    """A date and time without a zone; `in_zone` turns it into a moment."""

    widget = _ClockInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        reading = _read(str(value).strip())
        if reading is None or reading.year not in _YEARS:
            words = _("Enter a day and a time by the 24-hour clock, as %(example)s.")
            raise ValidationError(words, params={"example": EXAMPLE})
        return reading

    def has_changed(self, initial, data):
        return super().has_changed(self.to_python(initial), data)


def _read(text):
    found = _READING.fullmatch(text)
    parts = [int(part or 0) for part in found.groups()] if found else []
    try:
        return datetime(*parts) if parts else None  # noqa: DTZ001 - its zone is the story's
    except ValueError:
        return None


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """Interpret a local time in a zone; an ambiguous one is the earlier.

    Raises `ValidationError` for a time that the clocks skip.
    """
    placed = moment.replace(tzinfo=zone)
    if placed.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != moment:
        raise ValidationError(_("The clocks go forward over this time: it does not exist."))
    return placed


def reading(moment: datetime | None, zone: ZoneInfo) -> str:
    """Write a moment as the field shows it."""
    return timezone.localtime(moment, zone).strftime(FORMAT) if moment else ""


def next_quarter(zone: ZoneInfo) -> str:
    """Write the next quarter of an hour, at least five minutes ahead: a start for a schedule."""
    now = timezone.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    quarters = -((midnight - now - _LEAST_AHEAD) // _QUARTER)
    return reading(midnight + quarters * _QUARTER, zone)
