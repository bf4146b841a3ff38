"""What stories are about."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .named import NamedModel


class Topic(NamedModel):
    """A subject that several stories share."""

    class Meta(NamedModel.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])
