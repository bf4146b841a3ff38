"""People who write: the names in bylines."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from liveblog.addresses import address_of

from .named import NamedModel


class Person(NamedModel):
    """A writer as readers know them, with or without an account."""

    role = models.CharField(
        _("role"),
        max_length=120,
        blank=True,
        help_text=_("As under a byline: “Moscow correspondent”."),
    )
    url = models.URLField(_("link"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
        help_text=_("Fills in the byline when this account writes."),
    )

    class Meta(NamedModel.Meta):
        verbose_name = _("name in bylines")
        verbose_name_plural = _("names in bylines")

    def get_absolute_url(self):
        return address_of("author", self.slug)
