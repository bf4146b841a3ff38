"""Redirects from the addresses that stories had in another system."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .story import Story
from .update import Update


class MovedAddress(models.Model):
    """An address of another system, on this site's own host now; it redirects for good.

    `path` begins with a slash and ends without one; query and fragment are no part of it.
    """

    path = models.CharField(_("path"), max_length=500, unique=True)
    story = models.ForeignKey(
        Story, models.CASCADE, related_name="moved_addresses", verbose_name=_("story")
    )
    update = models.ForeignKey(
        Update,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="moved_addresses",
        verbose_name=_("update"),
    )

    class Meta:
        verbose_name = _("moved address")
        verbose_name_plural = _("moved addresses")

    def __str__(self):
        return self.path
