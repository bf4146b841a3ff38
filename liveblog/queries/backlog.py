"""Queues and delays for operators: what waits to be sent or published."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Min, Q
from django.utils import timezone

from liveblog.models import Announcement, Update, Webhook, WebhookMessage


class Backlog(NamedTuple):
    """How much waits in the whole newsroom, not in this process alone; ages in seconds."""

    webhook_messages: int = 0
    webhook_age_seconds: float = 0.0
    webhooks_failing: int = 0
    webhooks_paused: int = 0
    announcements: int = 0
    overdue_updates: int = 0
    overdue_age_seconds: float = 0.0


def read_backlog() -> Backlog:
    """Read it in four small queries; messages of paused endpoints wait on purpose."""
    now = timezone.now()
    waiting = WebhookMessage.objects.filter(webhook__paused_at=None)
    messages = waiting.aggregate(count=Count("pk"), oldest=Min("at"))
    failing = Q(paused_at=None, failures__gt=0)
    hooks = Webhook.objects.aggregate(
        failing=Count("pk", filter=failing), paused=Count("pk", filter=~Q(paused_at=None))
    )
    due = Update.objects.filter(status=Update.Status.SCHEDULED, scheduled_for__lt=now)
    overdue = due.aggregate(count=Count("pk"), oldest=Min("scheduled_for"))
    return Backlog(
        webhook_messages=messages["count"],
        webhook_age_seconds=_age(messages["oldest"], now),
        webhooks_failing=hooks["failing"],
        webhooks_paused=hooks["paused"],
        announcements=Announcement.objects.count(),
        overdue_updates=overdue["count"],
        overdue_age_seconds=_age(overdue["oldest"], now),
    )


def _age(moment: datetime | None, now) -> float:
    return (now - moment).total_seconds() if moment else 0.0
