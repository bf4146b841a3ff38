"""Topics of stories."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liveblog.addresses import address_of

from .named import NamedModel, NamedQuerySet


class TopicQuerySet(NamedQuerySet):
    def of_public_stories(self):
        """Topics under which readers find stories, each with its `story_count`."""
        shown = self.filter(stories__status__in=["live", "ended"])
        return shown.annotate(story_count=models.Count("stories", distinct=True)).order_by("name")


class Topic(NamedModel):
    """A subject that several stories share."""

    objects = TopicQuerySet.as_manager()

    class Meta(NamedModel.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self):
        return address_of("topic", self.slug)
