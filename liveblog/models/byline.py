"""A name under a story's headline, or under an update."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .story import Story
from .update import Update


class StoryBylineQuerySet(models.QuerySet):
    def get_by_natural_key(self, story, person):
        return self.get(story__slug=story, person__slug=person)


class StoryByline(models.Model):
    """A name under a story's headline."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="bylines")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="story_bylines", verbose_name=_("person")
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = StoryBylineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(name="person_once_per_story", fields=["story", "person"]),
        ]

    def __str__(self):
        return str(self.person)

    def natural_key(self):
        return (self.story.slug, self.person.slug)

    natural_key.dependencies = ["liveblog.story", "liveblog.person"]


class UpdateBylineQuerySet(models.QuerySet):
    def get_by_natural_key(self, update, person):
        return self.get(update_id=update, person__slug=person)


class UpdateByline(models.Model):
    """A name under an update."""

    update = models.ForeignKey(Update, models.CASCADE, related_name="bylines")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="update_bylines", verbose_name=_("person")
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = UpdateBylineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(name="person_once_per_update", fields=["update", "person"]),
        ]

    def __str__(self):
        return str(self.person)

    def natural_key(self):
        return (str(self.update_id), self.person.slug)

    natural_key.dependencies = ["liveblog.update", "liveblog.person"]
