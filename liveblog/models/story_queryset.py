"""Filters and orders of stories."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q


class StoryQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        """Find a story under its address, or under one that it had before."""
        return self.at_address(slug).get()

    def at_address(self, slug):
        """The story under an address, or under one that it had before."""
        return self.filter(Q(slug=slug) | Q(old_addresses__slug=slug)).distinct()

    def public(self):
        """Stories that readers may read: live or ended."""
        return self.filter(status__in=self.model.PUBLIC)

    def opened_since(self, moment):
        return self.filter(opened_at__gte=moment)

    def live(self):
        return self.filter(status=self.model.Status.LIVE)

    def open_to(self, user):
        """Stories in which a reporter may write: the team is theirs, or there is none."""
        on_team = self.model.team.through.objects.filter(story=OuterRef("pk"))
        return self.filter(
            ~Exists(on_team) | Exists(on_team.filter(user=user)),
        )

    def known_to_readers(self):
        """Stories that readers have seen, withdrawn ones included."""
        return self.exclude(status=self.model.Status.DRAFT)

    def latest_first(self):
        return self.order_by(F("last_updated_at").desc(nulls_last=True), "-id")

    def with_parts(self):
        """Load the story's pictures, bylines and topics."""
        stories = self.select_related("lead_picture__credit", "share_picture__credit")
        return stories.prefetch_related(*story_parts())


def story_parts() -> list[Prefetch | str]:
    """Return what `prefetch_related` takes to load a story's bylines and topics."""
    bylines = apps.get_model("liveblog", "StoryByline").objects.select_related("person")
    return [Prefetch("bylines", bylines), "topics"]
