"""A moment as an editor writes it: by the clock of the story's zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FORMAT = "%Y-%m-%dT%H:%M"


class ClockField(forms.CharField):
    """A day and a time without a zone; `in_zone` makes a moment of it."""

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
    """Place a clock's reading in a zone; of an hour that comes twice, the first.

    Raises `ValidationError` for an hour that the clocks leave out.
    """
    placed = moment.replace(tzinfo=zone)
    if placed.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != moment:
        raise ValidationError(_("The clocks go forward over this time: it does not exist."))
    return placed


def reading(moment: datetime | None, zone: ZoneInfo) -> str:
    """Write a moment as the field shows it."""
    return timezone.localtime(moment, zone).strftime(FORMAT) if moment else ""
