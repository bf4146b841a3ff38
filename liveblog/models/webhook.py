"""Webhooks: endpoints of other systems, their queues and their log."""

import secrets
import uuid
from base64 import b64encode

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .story import Story

SECRET_PREFIX = "whsec_"  # noqa: S105 # nosec B105 # Standard Webhooks: what a secret begins with
SECRET_BYTES = 32  # Standard Webhooks: 24 to 64


def new_secret() -> str:
    return SECRET_PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def new_message_id() -> str:
    return f"msg_{uuid.uuid4().hex}"


class WebhookQuerySet(models.QuerySet):
    def of_story(self, story: Story):
        """Endpoints subscribed to a story's changes, including paused ones."""
        return self.filter(Q(story=None) | Q(story=story))


class Webhook(models.Model):
    """An endpoint that receives a signed, thin message when a story changed.

    Signatures are made with `secret`, and until `former_until` with `former_secret` too.
    `failures` counts attempts that failed in a row since `failing_since`; none is made
    before `next_attempt_at`. While a process sends, it holds the endpoint until
    `claimed_until`.
    """

    name = models.CharField(_("name"), max_length=100)
    url = models.URLField(_("address"), max_length=500)
    story = models.ForeignKey(
        Story,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="webhooks",
        verbose_name=_("story"),
        help_text=_("The only story that it is told of; every one where empty."),
    )
    secret = models.CharField(max_length=120, editable=False, default=new_secret)
    former_secret = models.CharField(max_length=120, editable=False, blank=True)
    former_until = models.DateTimeField(null=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="webhooks",
        verbose_name=_("owner"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    paused_at = models.DateTimeField(_("paused"), null=True, editable=False)
    pause_reason = models.CharField(_("why paused"), max_length=300, editable=False, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self):
        return self.name

    @property
    def secrets(self) -> list[str]:
        """The secrets to sign with now, the newest first."""
        is_rotating = self.former_until is not None and self.former_until > timezone.now()
        return [self.secret, self.former_secret] if is_rotating else [self.secret]


class StoryEvent(models.TextChoices):
    """Event types; a newer message of the story replaces a queued `CHANGED`."""

    CHANGED = "story.changed", _("story changed")
    OPENED = "story.opened", _("story opened")
    ENDED = "story.ended", _("story ended")
    WITHDRAWN = "story.withdrawn", _("story withdrawn")


class WebhookMessage(models.Model):
    """A queued message of an endpoint: written with the change, deleted once delivered.

    It names a story and a cursor and holds no text, so that a takedown leaves none behind.
    """

    message_id = models.CharField(max_length=40, unique=True, default=new_message_id)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="messages")
    story = models.ForeignKey(Story, models.CASCADE, related_name="webhook_messages")
    type = models.CharField(max_length=20, choices=StoryEvent)
    cursor = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]  # given under the story's lock: within a story as committed
        indexes = [models.Index(fields=["webhook", "id"], name="webhook_queue")]

    def __str__(self):
        return f"{self.type} {self.cursor}"


class WebhookAttempt(models.Model):
    """One delivery attempt: what was sent, and the response."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="attempts")
    message_id = models.CharField(_("message"), max_length=40)
    story = models.ForeignKey(Story, models.CASCADE, related_name="webhook_attempts")
    type = models.CharField(_("event"), max_length=20, choices=StoryEvent)
    cursor = models.CharField(_("cursor"), max_length=24)
    at = models.DateTimeField(_("at"))
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["webhook", "-id"], name="webhook_log")]

    def __str__(self):
        return f"{self.type} {self.status or self.error}"

    @property
    def is_received(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
