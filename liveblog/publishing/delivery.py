"""Delivery of webhooks and announcements: leases, queues and the log of attempts."""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from liveblog.models import Announcement, StoryEvent, Webhook, WebhookAttempt, WebhookMessage

FIRST_RETRY, LONGEST_RETRY = 2, 3600  # seconds
GIVE_UP_AFTER = timedelta(days=3)
LOG_LENGTH = 1000  # attempts stored for each endpoint
MOST_DUE = 10  # announcements tried for one that no other process takes first


@dataclass(frozen=True)
class Outcome:
    """The result of an attempt: an HTTP status, or None and an error."""

    status: int | None
    error: str
    milliseconds: int

    @property
    def is_received(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def claim_webhook(pk: int, *, seconds: int) -> Webhook | None:
    """Lease an endpoint with queued messages; None where another process holds it.

    A lease, not a lock: nothing of the database is held while a request is under way, and
    what a killed process held is free again once the lease ends.
    """
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    rows = Webhook.objects.filter(free, _is_due(now), pk=pk, paused_at=None)
    claimed = rows.update(claimed_until=now + timedelta(seconds=seconds))
    return Webhook.objects.get(pk=pk) if claimed else None


def release_webhook(webhook: Webhook) -> None:
    """End a lease, unless it ended by itself and another process has one now."""
    mine = Webhook.objects.filter(pk=webhook.pk, claimed_until=webhook.claimed_until)
    mine.update(claimed_until=None)


def due_webhooks() -> list[Webhook]:
    """Return the endpoints with queued messages that no process holds, as keys and failures."""
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    waiting = Exists(WebhookMessage.objects.filter(webhook=OuterRef("pk")))
    rows = Webhook.objects.filter(free, _is_due(now), waiting, paused_at=None)
    return list(rows.only("failures"))


def next_message(webhook: Webhook) -> WebhookMessage | None:
    """Return the first message of an endpoint's queue, without those that a newer one replaces."""
    changed = webhook.messages.filter(type=StoryEvent.CHANGED)
    newer = WebhookMessage.objects.filter(
        webhook=webhook, type=StoryEvent.CHANGED, story=OuterRef("story"), id__gt=OuterRef("id")
    )
    changed.filter(Exists(newer)).delete()
    return webhook.messages.select_related("story").first()


def record_attempt(webhook: Webhook, message: WebhookMessage, outcome: Outcome) -> bool:
    """Log an attempt, schedule the next; return whether failures have paused the endpoint."""
    now = timezone.now()
    WebhookAttempt.objects.create(
        webhook=webhook,
        message_id=message.message_id,
        story_id=message.story_id,
        type=message.type,
        cursor=message.cursor,
        at=now,
        status=outcome.status,
        error=outcome.error[:300],
        milliseconds=outcome.milliseconds,
    )
    _prune(webhook)
    rows = Webhook.objects.filter(pk=webhook.pk)
    if outcome.is_received:
        WebhookMessage.objects.filter(pk=message.pk).delete()
        rows.update(failures=0, failing_since=None, next_attempt_at=None)
        return False
    return _set_back(webhook, rows, outcome, now)


def _set_back(webhook, rows, outcome, now) -> bool:
    since = webhook.failing_since or now
    rows.update(
        failures=F("failures") + 1,
        failing_since=since,
        next_attempt_at=now + _pause_after(webhook.failures),
    )
    is_gone = outcome.status == 410  # Standard Webhooks: the receiver wants no more
    if not is_gone and now - since < GIVE_UP_AFTER:
        return False
    reason = f"HTTP {outcome.status}" if outcome.status else outcome.error
    return bool(rows.filter(paused_at=None).update(paused_at=now, pause_reason=reason[:300]))


def _prune(webhook):
    oldest = webhook.attempts.values_list("pk", flat=True)[LOG_LENGTH : LOG_LENGTH + 1].first()
    if oldest:
        webhook.attempts.filter(pk__lte=oldest).delete()


def _pause_after(failures: int) -> timedelta:
    """Return an exponential backoff with jitter, so that endpoints don't retry all at once."""
    seconds = min(FIRST_RETRY * 2 ** min(failures, 20), LONGEST_RETRY)
    return timedelta(seconds=seconds * random.uniform(0.5, 1.0))  # noqa: S311 # nosec B311 # no secret


def _is_due(now) -> Q:
    return Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)


def claim_announcement(*, seconds: int) -> Announcement | None:
    """Lease a due announcement for `seconds`; None where there is none that no process holds."""
    now = timezone.now()
    due = Announcement.objects.filter(_is_due(now)).select_related("story")
    for row in due[:MOST_DUE]:
        lease = now + timedelta(seconds=seconds)
        if Announcement.objects.filter(_is_due(now), pk=row.pk).update(next_attempt_at=lease):
            return row
    return None


def finish_announcement(row: Announcement, *, is_received: bool) -> None:
    """Delete a delivered announcement unless the story changed meanwhile; else retry later."""
    same = Announcement.objects.filter(pk=row.pk, cursor=row.cursor)
    now = timezone.now()
    if is_received or now - row.at > GIVE_UP_AFTER:
        same.delete()
    else:
        same.update(failures=F("failures") + 1, next_attempt_at=now + _pause_after(row.failures))
