"""History: what a story or an update was after each save, by whom and why."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .api_token import ApiToken
from .story import Story
from .update import Update
from .verb import Verb as _Verb


class VersionQuerySet(models.QuerySet):
    def of_story(self, story: Story):
        """Versions of the story's own parts."""
        return self.filter(story=story, update__isnull=True, update_id_was__isnull=True)


class Version(models.Model):
    """A story or an update as it was after one save; never changed.

    `content` is the row's own fields with its sources, bylines and pictures.
    Versions outlive a deleted draft: `update_id_was` keeps its id.
    """

    Verb = _Verb

    story = models.ForeignKey(
        Story, models.CASCADE, related_name="versions", verbose_name=_("story")
    )
    update = models.ForeignKey(
        Update,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("update"),
    )
    update_id_was = models.UUIDField(null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(_("version"))
    revision = models.PositiveIntegerField(_("revision"), null=True, blank=True)
    verb = models.CharField(_("what was done"), max_length=24, choices=Verb)
    note = models.CharField(_("why"), max_length=1000, blank=True)
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    token = models.ForeignKey(
        ApiToken,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("API token"),
        help_text=_("The program that acted for the person."),
    )
    at = models.DateTimeField(_("at"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["story", "-id"], name="version_of_story"),
            models.Index(fields=["update", "-id"], name="version_of_update"),
        ]
        constraints = [
            models.CheckConstraint(
                name="version_of_update_keeps_id",
                condition=Q(update__isnull=True) | Q(update_id_was__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.verb} v{self.version}"
