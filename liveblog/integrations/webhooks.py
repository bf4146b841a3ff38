"""Send webhook messages by Standard Webhooks (standardwebhooks.com, 1.0)."""

import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable
from datetime import UTC

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from liveblog.models import Webhook, WebhookMessage
from liveblog.models.webhook import SECRET_PREFIX
from liveblog.publishing.delivery import (
    GIVE_UP_AFTER,
    claim_webhook,
    next_message,
    record_attempt,
    release_webhook,
)

from .http import LONGEST, post

log = logging.getLogger(__name__)

LEASE = LONGEST + 15  # seconds; after them another process takes over what a dead one held
MOST_IN_A_ROW = 50  # messages, before other endpoints have their turn


def deliver(webhook_id: int, *, until: Callable[[], bool] = lambda: False) -> None:
    """Send an endpoint what waits for it, in order, until something fails or nothing is left."""
    for _turn in range(MOST_IN_A_ROW):
        if until():
            return
        webhook = claim_webhook(webhook_id, seconds=LEASE)
        if webhook is None:
            return
        try:
            message = next_message(webhook)
            if message is None:
                return
            _send(webhook, message)
        finally:
            release_webhook(webhook)


def _send(webhook: Webhook, message: WebhookMessage) -> None:
    body = payload_of(message)
    outcome = post(webhook.url, body, signed_headers(webhook.secrets, message.message_id, body))
    if record_attempt(webhook, message, outcome):
        webhook.refresh_from_db(fields=["paused_at", "pause_reason"])
        log.warning("Webhook %s (%s) is paused: %s", webhook.pk, webhook, webhook.pause_reason)
        tell_owner(webhook)


def payload_of(message: WebhookMessage) -> bytes:
    """Write a message: which story, and up to which cursor; never any of its text."""
    story = message.story
    data = {
        "type": message.type,
        "timestamp": message.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "data": {
            "story": story.slug,
            "cursor": message.cursor,
            "url": settings.SITE_URL + story.get_absolute_url(),
        },
    }
    return json.dumps(data, separators=(",", ":")).encode()


def signed_headers(secrets: list[str], message_id: str, body: bytes) -> dict[str, str]:
    """Sign a body with each secret: while one is renewed the receiver may know either."""
    timestamp = str(int(time.time()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{_sign(secret, signed)}" for secret in secrets),
    }


def _sign(secret, signed):
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def tell_owner(webhook: Webhook) -> None:
    """Write to the owner of a paused webhook; the admin's home says so as well."""
    if not settings.EMAIL_HOST or webhook.owner is None or not webhook.owner.email:
        return
    page = reverse("admin:liveblog_webhook_change", args=[webhook.pk])
    subject = _("The webhook “%(name)s” is paused") % {"name": webhook}
    text = _(
        "%(url)s could not be reached for %(days)d days, or wants no more: %(reason)s.\n\n"
        "What it is to be told is kept. Mend the receiver, then press Resume:\n%(page)s\n"
    ) % {
        "url": webhook.url,
        "days": GIVE_UP_AFTER.days,
        "reason": webhook.pause_reason,
        "page": settings.SITE_URL + page,
    }
    try:
        send_mail(subject, text, None, [webhook.owner.email])
    except OSError as error:
        log.warning("Mail to the owner of webhook %s was not sent: %s", webhook.pk, error)
