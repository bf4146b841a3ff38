"""Public corrections."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import ClientUUIDField
from .story import Story
from .update import Update


class CorrectionQuerySet(models.QuerySet):
    def get_by_natural_key(self, id):
        return self.get(pk=id)

    def public(self):
        """Corrections of what readers may still read."""
        return self.of_what_is_shown().filter(story__status__in=Story.PUBLIC)

    def of_what_is_shown(self):
        """Corrections of stories' own texts, and of updates that were not taken down."""
        shown = models.Q(update__isnull=True) | models.Q(update__status=Update.Status.PUBLISHED)
        return self.filter(shown)

    def with_places(self):
        """Load the story and the update that each is about."""
        return self.select_related("story", "update__story")


class Correction(models.Model):
    """A public note on a clarification or correction of an update, or of a story's own text."""

    class Kind(models.TextChoices):
        CLARIFICATION = "clarification", _("clarification")
        CORRECTION = "correction", _("correction")

    id = ClientUUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(
        Story, models.PROTECT, related_name="corrections", verbose_name=_("story")
    )
    update = models.ForeignKey(
        Update,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("update"),
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    note = models.CharField(_("note to readers"), max_length=1000)
    corrected_at = models.DateTimeField(_("corrected"))

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-corrected_at", "-id"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.CheckConstraint(name="correction_has_note", condition=~models.Q(note="")),
            models.CheckConstraint(
                name="correction_kind_is_known",
                condition=models.Q(kind__in=["clarification", "correction"]),
            ),
        ]

    def __str__(self):
        return self.note

    def natural_key(self):
        return (str(self.id),)

    natural_key.dependencies = ["liveblog.story", "liveblog.update"]
