"""A story's live figures, for its desk and the admin's home page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from liveblog.models import Story, Update, Version

from . import readers

HOURS = 12  # in the sparkline
Status = Update.Status


@dataclass(frozen=True)
class ProcessFigures:
    """What the server process knows and the database does not.

    `followed` gives, of each story with readers here, the open streams, the last revision
    that they were sent and its moment; `errors` says what is wrong.
    """

    followed: Callable[[], dict[int, tuple[int, int, float]]] = dict
    errors: Callable[[], list[str]] = list


NO_FIGURES = ProcessFigures()


def health_data(story_id: int, process: ProcessFigures = NO_FIGURES) -> dict:
    """Read a story's figures as JSON; moments in ISO 8601, durations in milliseconds."""
    now = timezone.now()
    story = Story.objects.filter(pk=story_id).first()
    if story is None:
        return {}
    counted = story.updates.aggregate(
        last=Max("published_at", filter=Q(status=Status.PUBLISHED)),
        waiting=Count("pk", filter=Q(status=Status.SUBMITTED)),
        oldest=Min("created_at", filter=Q(status=Status.SUBMITTED)),
        overdue=Count("pk", filter=Q(status=Status.SCHEDULED, scheduled_for__lt=now)),
    )
    return {
        "now": now.isoformat(),
        "readers": readers.count(story_id),
        "per_hour": updates_per_hour(story, now),
        "last_at": _iso(counted["last"]),
        "silent_since": _iso(silent_since(story, counted["last"])),
        "silence_alarm": story.silence_alarm,
        "is_live": story.status == Story.Status.LIVE,
        "waiting": counted["waiting"],
        "oldest_waiting": _iso(counted["oldest"]),
        "overdue": counted["overdue"],
        "delivery": _delivery(story),
        "errors": process.errors(),
        "summary": summary_age(story),
    }


def silent_since(story: Story, last: datetime | None) -> datetime | None:
    """Return since when a live story is silent: since its last update, or its opening."""
    return max(filter(None, [last, story.opened_at]), default=None)


def is_silent(story: Story, last: datetime | None) -> bool:
    """Return whether a live story has been silent for as long as its alarm says."""
    since, alarm = silent_since(story, last), story.silence_alarm
    if since is None or alarm is None or story.status != Story.Status.LIVE:
        return False
    return timezone.now() - since >= timedelta(minutes=alarm)


def updates_per_hour(story: Story, now: datetime) -> list[int]:
    """Count the updates published in each of the last hours, the oldest first."""
    since = now - timedelta(hours=HOURS)
    recent = story.updates.filter(status=Status.PUBLISHED, published_at__gt=since)
    counts = [0] * HOURS
    for at in recent.values_list("published_at", flat=True):
        counts[min(HOURS - 1, int((at - since).total_seconds() // 3600))] += 1
    return counts


def summary_age(story: Story) -> dict | None:
    """Return where "What we know" was checked, how many updates are newer, and if it is stale."""
    if not story.summary or story.summary_revision is None:
        return None
    public = story.updates.filter(status=Status.PUBLISHED)
    newer = public.filter(number__gt=story.summary_revision).count()
    is_stale = newer >= settings.SUMMARY_STALE_AFTER
    return {"checked_at": story.update_count - newer, "newer": newer, "is_stale": is_stale}


def _delivery(story) -> int | None:
    """Return the milliseconds from the last commit to the readers' sockets; None without one."""
    sent_at = readers.sent_at(story.pk, story.revision)
    if sent_at is None:
        return None
    versions = Version.objects.filter(story=story, revision=story.revision)
    at = versions.aggregate(at=Min("at"))["at"]
    return at and max(0, int((sent_at - at).total_seconds() * 1000))


def _iso(moment):
    return moment and moment.isoformat()
