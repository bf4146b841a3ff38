"""What a document leaves open: its address, order and moments; and what was assumed of them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from liveblog.slugs import slugify

from .document import Document
from .fixture import Plan
from .times import Clock, assign_moments, is_ascending


@dataclass(frozen=True)
class Wishes:
    """What whoever imports a document says of it; None leaves it to us.

    `date` is the local moment of the update that stands first on the page, the newest.
    """

    slug: str | None = None
    date: datetime | None = None
    every: timedelta = timedelta(minutes=20)
    timezone: str | None = None
    language: str | None = None
    oldest_first: bool = False


@dataclass
class Planned:
    """A plan, and a line for each thing that was assumed."""

    plan: Plan
    assumed: list[str] = field(default_factory=list)


def plan_document(
    document: Document, wishes: Wishes, *, now: datetime, timezone: str, language: str
) -> Planned:
    """Settle what the document leaves open.

    `timezone` and `language` are the site's. Raises `ValueError` for a moment to come.
    """
    assumed: list[str] = []
    zone = ZoneInfo(_or(wishes.timezone, timezone, "time zone", assumed))
    language = _or(wishes.language, language, "language", assumed)
    made = slugify(document.headline) or "story"
    slug = _or(wishes.slug, made, "address (slug) from the headline", assumed)
    moments, times_assigned = _settle_moments(document, wishes, now, zone, assumed)
    opened_at = min(moments, default=_day(wishes, now, zone))
    if max([opened_at, *moments]) > now:
        raise ValueError("the newest update would lie in the future: give an earlier --date")
    plan = Plan(slug, zone.key, language, moments, opened_at, times_assigned)
    return Planned(plan, assumed)


def _or(wish, default, name, assumed):
    if wish is None:
        assumed.append(f"{name}: {default}")
        return default
    return wish


def _day(wishes, now, zone):
    if wishes.date:
        return wishes.date.replace(tzinfo=zone)
    return now.astimezone(zone).replace(second=0, microsecond=0)


def _settle_moments(document, wishes, now, zone, assumed):
    times = [update.at for update in document.updates]
    ascending = wishes.oldest_first or is_ascending(times)
    if ascending and not wishes.oldest_first:
        assumed.append("order: oldest first, as the document's times go up")
    newest_first = times[::-1] if ascending else times
    moments = _assign(newest_first, wishes, now, zone, assumed)
    missing = sum(each is None for each in times)
    if times and missing:
        assumed.append(f"times: assigned to {missing} of {len(times)} updates")
    return (moments[::-1] if ascending else moments), bool(missing)


def _assign(newest_first, wishes, now, zone, assumed):
    newest = _day(wishes, now, zone)
    if not wishes.date and newest_first:
        assumed.append(f"date: {newest:%Y-%m-%d %H:%M} for the newest update")
    moments = assign_moments(newest_first, Clock(newest, wishes.every, zone))
    if not wishes.date and moments and max(moments) > now:
        assumed[-1] = "date: yesterday for the newest update, as its time is still to come today"
        newest -= timedelta(days=1)
        moments = assign_moments(newest_first, Clock(newest, wishes.every, zone))
    return moments
