"""How a page prints times.

The rule, so that a page open since the beginning shows what a page just loaded does:

- Every time is absolute, and is in the story's own zone, which the page names
  once; pages of several stories use the site's.
- An update prints the clock alone (`08:45`). Its date is the day line's above it: one
  for each day in the list of updates, the first day too, so no line depends on which
  day it is now. The article carries `data-day` (its key) and `data-date` (its words):
  whoever inserts an article whose day has no line yet makes one of those two.
- A time about an update (corrected, updated) prints the clock, and the date as well
  where it is another day than the update's.
- A list of moments (key events, latest) prints clocks, and the date above the first and
  wherever the day changes.
- A moment by itself (pinned, checked, ended, withdrawn) prints date and clock.
- Only the story's header looks at the clock: whether the story is quiet, and the dates
  of "updated" and "latest" where they are not of today.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from django.utils.formats import date_format
from django.utils.translation import pgettext


@dataclass(frozen=True)
class Moment:
    """A moment as a page prints it: in one zone, in the language in force."""

    at: datetime
    zone: tzinfo

    @property
    def local(self) -> datetime:
        return self.at.astimezone(self.zone)

    @property
    def iso(self) -> str:
        """The value of a `datetime` attribute: UTC, to the second."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def exact(self) -> str:
        """What updates are ordered by: UTC, to the microsecond."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    @property
    def day(self) -> str:
        """The key of a day line."""
        return self.local.date().isoformat()

    @property
    def clock(self) -> str:
        return date_format(self.local, "H:i")

    @property
    def date(self) -> str:
        return date_format(self.local, pgettext("short date", "j M Y"))

    @property
    def long_date(self) -> str:
        return date_format(self.local, pgettext("day line", "l j F Y"))

    @property
    def date_and_clock(self) -> str:
        return f"{self.date}, {self.clock}"

    def beside(self, other: "Moment | None") -> str:
        """The clock, and the date too where `other` is of another day."""
        same = other is not None and other.day == self.day
        return self.clock if same else self.date_and_clock


def moment(at: datetime | None, zone: tzinfo) -> Moment | None:
    return Moment(at, zone) if at else None


def zone_name(name: str) -> str:
    """Return a zone of the IANA database as readers call it: by its city."""
    return name.rpartition("/")[2].replace("_", " ")
