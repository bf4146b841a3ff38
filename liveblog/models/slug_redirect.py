"""Former slugs of stories."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .story import Story


class OldAddress(models.Model):
    """A slug that a story had before; its addresses redirect for good."""

    slug = models.SlugField(max_length=80, unique=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="old_addresses")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self):
        return self.slug
