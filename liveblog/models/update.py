"""One entry of a live blog, its place in the order, and who may see it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, When
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .fields import ClientUUIDField, DerivedHTMLField, RichTextField
from .person import Person
from .picture import Picture
from .related import RelatedRows, load_related
from .source import Attribution
from .story import Story

ORDER = ("published_at", "number", "id")


class UpdateQuerySet(models.QuerySet):
    def get_by_natural_key(self, id):
        return self.get(pk=id)

    def public(self):
        """Updates whose content readers may read."""
        return self.filter(
            status=Update.Status.PUBLISHED,
            story__status__in=[Story.Status.LIVE, Story.Status.ENDED],
        )

    def seen(self):
        """Updates that readers have seen, withdrawn ones among them."""
        return self.filter(number__isnull=False)

    def withdrawn(self):
        """Updates that readers have seen and may no longer read."""
        return self.seen().exclude(status=Update.Status.PUBLISHED)

    def withdrawn_with_note(self):
        """Updates of public stories whose withdrawal readers are told of."""
        public = [Story.Status.LIVE, Story.Status.ENDED]
        return self.told_withdrawals().filter(story__status__in=public)

    def told_withdrawals(self):
        """Updates that were taken down with a note to readers."""
        return self.filter(status=Update.Status.RETRACTED).exclude(retraction_note="")

    def removals(self):
        """Updates that readers have seen and may no longer read, with `removed_at`, latest first.

        Those of withdrawn stories are among them.
        """
        published = Q(status=Update.Status.PUBLISHED)
        withdrawn = Q(story__status=Story.Status.WITHDRAWN)
        at = Case(When(published, then=F("story__withdrawn_at")), default=F("retracted_at"))
        gone = self.seen().filter(~published | withdrawn).exclude(story__status=Story.Status.DRAFT)
        return gone.annotate(removed_at=at).exclude(removed_at=None).order_by("-removed_at", "-id")

    def changed_since(self, revision: int, *, upto: int):
        """Changes that readers have not seen who stand at `revision`, in their order."""
        changed = self.filter(revision__gt=revision, revision__lte=upto)
        return changed.order_by("revision", *ORDER)

    def key_events(self):
        return self.filter(is_key_event=True)

    def pinned(self):
        """The pin, if there is one: without an order, so that its own small index finds it."""
        return self.filter(is_pinned=True).order_by()

    def citing(self, source):
        """Public updates that rest on a source, with their stories, newest first."""
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

    def before(self, update: "Update"):
        """Updates of the same story that stand before this one's place in order."""
        return self.filter(_beside(update, "lt"), story=update.story_id)

    def after(self, update: "Update"):
        """Updates of the same story that stand after this one's place in order."""
        return self.filter(_beside(update, "gt"), story=update.story_id)

    def count_up_to(self, most: int) -> int:
        """Count rows, but no more of them than `most`."""
        return self.order_by().values("pk")[:most].count()

    def from_place_of(self, update: "Update"):
        """Updates of the same story from this one's place in order on, itself included."""
        here = _no_farther(update, "gt") & Q(pk=update.pk)
        return self.filter(_beside(update, "gt") | here, story=update.story_id)

    def due(self):
        """Scheduled updates of open stories whose time has come by the database's clock."""
        return self.filter(
            status=Update.Status.SCHEDULED,
            scheduled_for__lte=Now(),
            story__status__in=[Story.Status.LIVE, Story.Status.ENDED],
        ).order_by("scheduled_for", "id")

    def with_parts(self):
        """Load all that an update shows beside its text, in the same query."""
        mine = {"update": OuterRef("pk")}
        return load_related(
            self,
            attributions=RelatedRows(Attribution.objects.filter(**mine), follow=["source"]),
            bylines=RelatedRows(UpdateByline.objects.filter(**mine), follow=["person"]),
            pictures=RelatedRows(UpdatePicture.objects.filter(**mine), follow=["picture__credit"]),
            corrections=RelatedRows(_corrections().filter(**mine)),
        )


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


def _corrections():
    return Update._meta.get_field("corrections").related_model.objects.all()


class Update(models.Model):
    """One entry of a story.

    `number` is the story's revision at the first publication and never changes,
    `revision` the one of the last change that readers could see. Updates stand in
    the order of `(published_at, number)`, and of their ids where both are equal.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        RETRACTED = "retracted", _("retracted")

    class Verification(models.TextChoices):
        NONE = "none", _("not stated")
        UNCONFIRMED = "unconfirmed", _("unconfirmed")
        CONFIRMED = "confirmed", _("confirmed")
        FALSE = "false", _("false")

    class Kind(models.TextChoices):
        """What the last change that readers could see was."""

        NEW = "new", _("new")
        TYPO = "typo", _("typo")
        INFORMATION = "information", _("added information")
        CLARIFICATION = "clarification", _("clarification")
        CORRECTION = "correction", _("correction")

    id = ClientUUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(
        Story, models.PROTECT, related_name="updates", verbose_name=_("story")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    body = RichTextField(_("text"), blank=True)
    body_html = DerivedHTMLField(source="body")
    verification = models.CharField(
        _("verification"), max_length=12, choices=Verification, default=Verification.NONE
    )
    is_key_event = models.BooleanField(_("key event"), default=False)
    kind = models.CharField(
        _("kind of the last change"),
        max_length=14,
        choices=Kind,
        default=Kind.NEW,
        editable=False,
    )
    is_pinned = models.BooleanField(_("pinned"), default=False, editable=False)
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    edited_at = models.DateTimeField(
        _("last edit that readers are told of"), null=True, blank=True, editable=False
    )
    retracted_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    retraction_note = models.CharField(
        _("note to readers on the withdrawal"), max_length=500, blank=True, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="written_updates",
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("created"), null=True, blank=True, editable=False)

    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = UpdateQuerySet.as_manager()
    was_published = False  # what the database said when the row was read

    class Meta:
        ordering = ["-published_at", "-number", "-id"]
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        constraints = [
            models.CheckConstraint(
                name="update_status_is_known",
                condition=Q(
                    status__in=["draft", "submitted", "scheduled", "published", "retracted"]
                ),
            ),
            models.CheckConstraint(
                name="update_verification_is_known",
                condition=Q(verification__in=["none", "unconfirmed", "confirmed", "false"]),
            ),
            models.CheckConstraint(
                name="update_kind_is_known",
                condition=Q(kind__in=["new", "typo", "information", "clarification", "correction"]),
            ),
            models.CheckConstraint(
                name="update_seen_has_numbers",
                condition=~Q(status__in=["published", "retracted"])
                | Q(published_at__isnull=False, number__isnull=False),
            ),
            models.CheckConstraint(
                name="update_number_with_revision",
                condition=Q(number__isnull=True, revision__isnull=True)
                # A condition on NULL is unknown, and an unknown check passes.
                | Q(
                    number__isnull=False,
                    revision__isnull=False,
                    number__gte=1,
                    revision__gte=F("number"),
                ),
            ),
            models.CheckConstraint(
                name="update_scheduled_has_time",
                condition=~Q(status="scheduled") | Q(scheduled_for__isnull=False),
            ),
            models.CheckConstraint(
                name="update_retracted_has_time",
                condition=~Q(status="retracted") | Q(retracted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="update_pinned_is_published",
                condition=Q(is_pinned=False) | Q(status="published"),
            ),
            models.CheckConstraint(name="update_version_from_one", condition=Q(version__gte=1)),
            models.UniqueConstraint(
                name="one_pin_per_story", fields=["story"], condition=Q(is_pinned=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["story", "-published_at", "-number", "-id"], name="update_page_order"
            ),
            models.Index(fields=["-published_at", "-number", "-id"], name="update_latest"),
            models.Index(fields=["story", "revision"], name="update_changes"),
            models.Index(fields=["story", "status"], name="update_story_status"),
            # Not partial: SQLite can't match a condition against a query's parameters.
            models.Index(
                name="update_key_events",
                fields=["story", "is_key_event", "-published_at", "-number", "-id"],
            ),
            models.Index(
                name="update_due", fields=["scheduled_for"], condition=Q(status="scheduled")
            ),
        ]

    @classmethod
    def from_db(cls, db, field_names, values):
        update = super().from_db(db, field_names, values)
        update.was_published = update.__dict__.get("status") == cls.Status.PUBLISHED
        return update

    def __str__(self):
        return self.headline or str(self.id)

    def get_absolute_url(self):
        return reverse("update", args=[self.story.slug, self.pk])

    def natural_key(self):
        return (str(self.id),)

    natural_key.dependencies = ["liveblog.story"]

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def anchor(self) -> str:
        """The fragment of the update on its story's page."""
        return f"update-{self.pk}"


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


class UpdatePictureQuerySet(models.QuerySet):
    def get_by_natural_key(self, update, picture):
        return self.get(update_id=update, picture_id=picture)


class UpdatePicture(models.Model):
    """A picture of an update: at its place in the text, or after it where the text has none."""

    update = models.ForeignKey(Update, models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(
        Picture, models.PROTECT, related_name="in_updates", verbose_name=_("picture")
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = UpdatePictureQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("picture of an update")
        verbose_name_plural = _("pictures of updates")
        constraints = [
            models.UniqueConstraint(name="picture_once_per_update", fields=["update", "picture"]),
        ]

    def __str__(self):
        return str(self.picture)

    def natural_key(self):
        return (str(self.update_id), str(self.picture_id))

    natural_key.dependencies = ["liveblog.update", "liveblog.picture"]
