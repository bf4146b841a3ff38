"""A form field for a local time in the story's zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FORMAT = "%Y-%m-%dT%H:%M"


class ClockField(forms.CharField):
    """A date and time without a zone; `in_zone` turns it into a moment."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError as error:
            raise ValidationError(_("Enter a day and a time.")) from error
        return moment.replace(tzinfo=None)

    def has_changed(self, initial, data):
        return super().has_changed(self.to_python(initial), data)


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
