"""One entry of a live blog, and its place in the order."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liveblog.addresses import address_of
from liveblog.richtext import to_plain_text

from .fields import ClientUUIDField, DerivedHTMLField, RichTextField
from .searched import Searched
from .story import Story
from .update_queryset import UpdateQuerySet


class Update(Searched):
    """One entry of a story.

    `number` is the story's revision at the first publication and never changes,
    `revision` the one of the last change that readers could see. Updates are in
    the order of `(published_at, number)`, and of their ids where both are equal.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        RETRACTED = "retracted", _("retracted")

    WAITING = (Status.DRAFT, Status.SUBMITTED, Status.SCHEDULED)  # on their way to readers

    class Verification(models.TextChoices):
        NONE = "none", _("not stated")
        UNCONFIRMED = "unconfirmed", _("unconfirmed")
        CONFIRMED = "confirmed", _("confirmed")
        FALSE = "false", _("false")

    class Kind(models.TextChoices):
        """What the last change that readers could see was."""

        NEW = "new", _("new")
        TYPO = "typo", _("typo")
        INFORMATION = "information", _("added information")
        CLARIFICATION = "clarification", _("clarification")
        CORRECTION = "correction", _("correction")

    id = ClientUUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(
        Story, models.PROTECT, related_name="updates", verbose_name=_("story")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    body = RichTextField(_("text"), blank=True)
    body_html = DerivedHTMLField(source="body")
    verification = models.CharField(
        _("verification"), max_length=12, choices=Verification, default=Verification.NONE
    )
    is_key_event = models.BooleanField(_("key event"), default=False)
    kind = models.CharField(
        _("kind of the last change"),
        max_length=14,
        choices=Kind,
        default=Kind.NEW,
        editable=False,
    )
    is_pinned = models.BooleanField(_("pinned"), default=False, editable=False)
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    edited_at = models.DateTimeField(
        _("last edit that readers are told of"), null=True, blank=True, editable=False
    )
    retracted_at = models.DateTimeField(_("retracted"), null=True, blank=True, editable=False)
    retraction_note = models.CharField(
        _("note to readers on the retraction"), max_length=500, blank=True, editable=False
    )
    sent_back_at = models.DateTimeField(_("sent back"), null=True, blank=True, editable=False)
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("sent back by"),
    )
    sent_back_note = models.CharField(
        _("note to the writer"), max_length=1000, blank=True, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="written_updates",
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("created"), null=True, blank=True, editable=False)

    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    SEARCHED = frozenset({"headline", "body"})

    objects = UpdateQuerySet.as_manager()
    was_published = False  # what the database said when the row was read

    class Meta:
        ordering = ["-published_at", "-number", "-id"]
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        constraints = [
            models.CheckConstraint(
                name="update_status_is_known",
                condition=Q(
                    status__in=["draft", "submitted", "scheduled", "published", "retracted"]
                ),
            ),
            models.CheckConstraint(
                name="update_verification_is_known",
                condition=Q(verification__in=["none", "unconfirmed", "confirmed", "false"]),
            ),
            models.CheckConstraint(
                name="update_kind_is_known",
                condition=Q(kind__in=["new", "typo", "information", "clarification", "correction"]),
            ),
            models.CheckConstraint(
                name="update_seen_has_numbers",
                condition=~Q(status__in=["published", "retracted"])
                | Q(published_at__isnull=False, number__isnull=False),
            ),
            models.CheckConstraint(
                name="update_number_with_revision",
                condition=Q(number__isnull=True, revision__isnull=True)
                # A condition on NULL is unknown, and an unknown check passes.
                | Q(
                    number__isnull=False,
                    revision__isnull=False,
                    number__gte=1,
                    revision__gte=F("number"),
                ),
            ),
            models.CheckConstraint(
                name="update_scheduled_has_time",
                condition=~Q(status="scheduled") | Q(scheduled_for__isnull=False),
            ),
            models.CheckConstraint(
                name="update_retracted_has_time",
                condition=~Q(status="retracted") | Q(retracted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="update_pinned_is_published",
                condition=Q(is_pinned=False) | Q(status="published"),
            ),
            models.CheckConstraint(name="update_version_from_one", condition=Q(version__gte=1)),
            models.UniqueConstraint(
                name="one_pin_per_story", fields=["story"], condition=Q(is_pinned=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["story", "-published_at", "-number", "-id"], name="update_page_order"
            ),
            models.Index(fields=["-published_at", "-number", "-id"], name="update_latest"),
            models.Index(fields=["story", "revision"], name="update_changes"),
            models.Index(fields=["story", "status"], name="update_story_status"),
            # Not partial: SQLite can't match a condition against a query's parameters.
            models.Index(
                name="update_key_events",
                fields=["story", "is_key_event", "-published_at", "-number", "-id"],
            ),
            models.Index(
                name="update_due", fields=["scheduled_for"], condition=Q(status="scheduled")
            ),
        ]

    @classmethod
    def from_db(cls, db, field_names, values):
        update = super().from_db(db, field_names, values)
        update.was_published = update.__dict__.get("status") == cls.Status.PUBLISHED
        return update

    def __str__(self):
        return self.headline or str(self.id)

    def get_absolute_url(self):
        return address_of("update", self.story.slug, self.pk)

    def searched_texts(self):
        return self.headline, to_plain_text(self.body)

    def natural_key(self):
        return (str(self.id),)

    natural_key.dependencies = ["liveblog.story"]

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def anchor(self) -> str:
        """The fragment of the update on its story's page."""
        return f"update-{self.pk}"
