"""Filters and orders of updates."""

from django.apps import apps
from django.db import models
from django.db.models import Case, F, Prefetch, Q, When
from django.db.models.functions import Now

from .story import Story

ORDER = ("published_at", "number", "id")


class UpdateQuerySet(models.QuerySet):
    def get_by_natural_key(self, id):
        return self.get(pk=id)

    def public(self):
        """Updates whose content readers may read."""
        return self.filter(status=self.model.Status.PUBLISHED, story__status__in=Story.PUBLIC)

    def sent_back(self):
        """Drafts that an editor gave back to their writers, the latest first."""
        drafts = self.filter(status=self.model.Status.DRAFT, sent_back_at__isnull=False)
        return drafts.order_by("-sent_back_at", "-id")

    def seen(self):
        """Updates that readers have seen, retracted ones among them."""
        return self.filter(number__isnull=False)

    def retracted_with_note(self):
        """Updates of public stories that were retracted with a note."""
        return self.announced_retractions().filter(story__status__in=Story.PUBLIC)

    def announced_retractions(self):
        """Updates that were taken down with a note to readers."""
        return self.filter(status=self.model.Status.RETRACTED).exclude(retraction_note="")

    def removals(self):
        """Updates that readers have seen and may no longer read, with `removed_at`, latest first.

        Those of withdrawn stories are among them.
        """
        published = Q(status=self.model.Status.PUBLISHED)
        withdrawn = Q(story__status=Story.Status.WITHDRAWN)
        at = Case(When(published, then=F("story__withdrawn_at")), default=F("retracted_at"))
        gone = self.seen().filter(~published | withdrawn).exclude(story__status=Story.Status.DRAFT)
        return gone.annotate(removed_at=at).exclude(removed_at=None).order_by("-removed_at", "-id")

    def changed_since(self, revision: int, *, upto: int):
        """Changes after `revision`, in their order."""
        changed = self.filter(revision__gt=revision, revision__lte=upto)
        return changed.order_by("revision", *ORDER)

    def key_events(self):
        return self.filter(is_key_event=True)

    def pinned(self):
        """The pinned update, if any; unordered, so that the partial index is used."""
        return self.filter(is_pinned=True).order_by()

    def citing(self, source):
        """Public updates that cite a source, with their stories, newest first."""
        return self._listed(attributions__source=source)

    def signed_by(self, person):
        """Public updates under a person's name, with their stories, newest first."""
        return self._listed(bylines__person=person)

    def _listed(self, **reason):
        listed = self.public().filter(**reason).distinct()
        return listed.select_related("story").newest_first()

    def newest_first(self):
        return self.order_by(*(f"-{field}" for field in ORDER))

    def waiting_first(self):
        """What readers don't see yet, the latest written first, before what they see."""
        return self.order_by(F("number").desc(nulls_first=True), "-created_at", "-id")

    def oldest_first(self):
        return self.order_by(*ORDER)

    def before(self, update):
        """Updates of the same story that are older than this one."""
        return self.filter(_beside(update, "lt"), story=update.story_id)

    def after(self, update):
        """Updates of the same story that are newer than this one."""
        return self.filter(_beside(update, "gt"), story=update.story_id)

    def count_up_to(self, most: int) -> int:
        """Count rows, but no more of them than `most`."""
        return self.order_by().values("pk")[:most].count()

    def from_place_of(self, update):
        """Updates of the same story from this one's place in order on, itself included."""
        here = _no_farther(update, "gt") & Q(pk=update.pk)
        return self.filter(_beside(update, "gt") | here, story=update.story_id)

    def due(self):
        """Scheduled updates of open stories whose time has come by the database's clock."""
        return self.filter(
            status=self.model.Status.SCHEDULED,
            scheduled_for__lte=Now(),
            story__status__in=Story.PUBLIC,
        ).order_by("scheduled_for", "id")

    def with_parts(self):
        """Load all that an update shows beside its text."""
        return self.prefetch_related(*update_parts().values())


def update_parts() -> dict[str, Prefetch | str]:
    """Return by name what `prefetch_related` takes to load what an update shows."""
    return {
        "attributions": Prefetch("attributions", _rows_of("Attribution", "source")),
        "bylines": Prefetch("bylines", _rows_of("UpdateByline", "person")),
        "pictures": Prefetch("pictures", _rows_of("UpdatePicture", "picture__credit")),
        "corrections": "corrections",
    }


def _rows_of(model, follow):
    """Return the rows of a model, which is defined after updates, with what they refer to."""
    return apps.get_model("liveblog", model).objects.select_related(follow)


def _beside(update, side):
    at, number, id = update.published_at, update.number, update.pk
    return _no_farther(update, side) & (
        Q(**{f"published_at__{side}": at})
        | Q(published_at=at, **{f"number__{side}": number})
        | Q(published_at=at, number=number, **{f"id__{side}": id})
    )


def _no_farther(update, side):
    """Where to begin in the index of the page's order: alternatives alone would read it all."""
    return Q(**{f"published_at__{side}e": update.published_at})
