"""A story's figures on its page: pace, waiting updates, overdue ones, last edits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from liveblog.models import Story, Update, Version

Status = Update.Status
EDITS_SHOWN = 5
LATE_SHOWN = 20


@dataclass(frozen=True)
class Overview:
    """A story's figures at one moment; without updates its times are None."""

    published: int
    in_last_hour: int
    per_hour: float | None
    last: datetime | None
    minutes_since_last: int | None
    drafts: int
    submitted: int
    overdue: list[Update]
    edits: list[Version]
    revisions_since_check: int | None

    @property
    def is_long_ago(self) -> bool:
        """Past a day the page shows no minutes since the last update."""
        return (self.minutes_since_last or 0) >= 24 * 60


def overview_of(story: Story, now: datetime | None = None) -> Overview:
    """Count in three queries, whatever the size of the story.

    `per_hour` is over the time from the opening to now, or to the end of the story;
    a story of less than an hour has none yet.
    """
    now = now or timezone.now()
    on_air = Q(status=Status.PUBLISHED)
    counted = story.updates.aggregate(
        published=Count("pk", filter=on_air),
        in_last_hour=Count("pk", filter=on_air & Q(published_at__gt=now - timedelta(hours=1))),
        drafts=Count("pk", filter=Q(status=Status.DRAFT)),
        submitted=Count("pk", filter=Q(status=Status.SUBMITTED)),
        last=Max("published_at", filter=on_air),
    )
    last = counted["last"]
    checked = story.summary_revision
    return Overview(
        **counted,
        per_hour=_per_hour(story, counted["published"], now),
        minutes_since_last=last and int((now - last).total_seconds() // 60),
        overdue=_overdue(story, now),
        edits=_edits(story),
        revisions_since_check=None if checked is None else story.revision - checked,
    )


def _per_hour(story, published, now):
    hours = ((story.ended_at or now) - (story.opened_at or now)).total_seconds() / 3600
    return round(published / hours, 1) if hours >= 1 else None


def _overdue(story, now):
    late = story.updates.filter(status=Status.SCHEDULED, scheduled_for__lt=now)
    return list(late.order_by("scheduled_for")[:LATE_SHOWN])


def _edits(story):
    return list(Version.objects.of_story(story).select_related("by")[:EDITS_SHOWN])


def waiting_address(story: Story, status: str) -> str:
    updates = reverse("admin:liveblog_update_changelist")
    return f"{updates}?story__id__exact={story.pk}&status__exact={status}"
