"""The queue of notifications to a WebSub hub and to search engines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .story import Story


class Announcement(models.Model):
    """A story to announce to a channel: written with the change, deleted once delivered.

    A later change of the story updates `cursor`, so there is one row at most.
    """

    class Channel(models.TextChoices):
        WEBSUB = "websub", _("WebSub")
        INDEXNOW = "indexnow", _("IndexNow")

    story = models.ForeignKey(Story, models.CASCADE, related_name="announcements")
    channel = models.CharField(max_length=10, choices=Channel)
    cursor = models.CharField(max_length=24)
    at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="one_announcement_per_story_and_channel", fields=["story", "channel"]
            )
        ]

    def __str__(self):
        return f"{self.channel} {self.cursor}"
