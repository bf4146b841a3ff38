"""Verbs on webhooks, for chief editors."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from liveblog.models import AuditAction as Action
from liveblog.models import Webhook, WebhookAttempt
from liveblog.models.webhook import new_secret

from .audit import differences, record
from .errors import Invalid
from .locks import locked_one
from .message_queue import queue_messages
from .policy import require

SETTINGS = ["name", "url", "story"]
ROTATION = timedelta(hours=24)  # both secrets sign for so long


def save_webhook(webhook: Webhook, *, by) -> Webhook:
    """Add an endpoint, whose owner is whoever adds it, or change its name, address or story."""
    require(by, "manage_webhooks")
    try:
        webhook.clean_fields(exclude=["owner"])
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    with transaction.atomic():
        if webhook.pk is None:
            webhook.owner = by
            webhook.save(force_insert=True)
            record(Action.CREATE_WEBHOOK, by=by, on=webhook, details=_described(webhook))
        else:
            before = Webhook.objects.get(pk=webhook.pk)
            webhook.save(update_fields=SETTINGS)
            changes = differences(_described(before), _described(webhook))
            record(Action.CHANGE_WEBHOOK, by=by, on=webhook, details=changes)
    return webhook


def _described(webhook) -> dict:
    return {name: str(getattr(webhook, name) or "") for name in SETTINGS}


@transaction.atomic
def delete_webhook(webhook: Webhook, *, by) -> None:
    """Delete an endpoint with its queue and its log."""
    require(by, "manage_webhooks")
    record(Action.DELETE_WEBHOOK, by=by, on=webhook, details=_described(webhook))
    Webhook.objects.filter(pk=webhook.pk).delete()


@transaction.atomic
def rotate_secret(webhook: Webhook, *, by) -> str:
    """Give an endpoint a new secret; the former one signs beside it for a day."""
    require(by, "manage_webhooks")
    secret = new_secret()
    Webhook.objects.filter(pk=webhook.pk).update(
        former_secret=F("secret"), former_until=timezone.now() + ROTATION, secret=secret
    )
    record(Action.ROTATE_SECRET, by=by, on=webhook)
    return secret


@transaction.atomic
def pause_webhook(webhook: Webhook, *, by, reason: str = "") -> None:
    """Pause an endpoint; its queue stays until it is resumed."""
    require(by, "manage_webhooks")
    rows = Webhook.objects.filter(pk=webhook.pk, paused_at=None)
    if rows.update(paused_at=timezone.now(), pause_reason=reason):
        record(Action.PAUSE_WEBHOOK, by=by, on=webhook)


@transaction.atomic
def resume_webhook(webhook: Webhook, *, by) -> None:
    """Resume an endpoint, and send its queue at once."""
    require(by, "manage_webhooks")
    Webhook.objects.filter(pk=webhook.pk).update(
        paused_at=None, pause_reason="", failures=0, failing_since=None, next_attempt_at=None
    )
    record(Action.RESUME_WEBHOOK, by=by, on=webhook)


def send_again(attempt: WebhookAttempt, *, by) -> None:
    """Queue the message of an attempt again, with the story's current cursor."""
    require(by, "manage_webhooks")
    webhook = Webhook.objects.filter(pk=attempt.webhook_id)
    # Without the lock a change under way would come before this in the queue, and be dropped.
    with locked_one(attempt.story_id) as story:
        queue_messages(webhook, story, attempt.type, timezone.now())
        webhook.update(next_attempt_at=None)
        record(Action.SEND_AGAIN, by=by, on=attempt.webhook, details={"story": story.slug})
