"""A live blog, and who may see it."""

import secrets
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .fields import DerivedHTMLField, RichTextField
from .person import Person
from .picture import Picture
from .related import RelatedRows, load_related
from .topic import Topic

LATEST = 8  # headlines in the rail of a story without key events


def new_epoch() -> str:
    """Return the random part of a story's cursors: 6 hexadecimal digits."""
    return secrets.token_hex(3)


def default_timezone() -> str:
    return settings.TIME_ZONE


def default_language() -> str:
    return settings.LANGUAGE_CODE


def validate_timezone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class StoryQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        """Find a story under its address, or under one that it had before."""
        return self.at_address(slug).get()

    def at_address(self, slug):
        """The story under an address, or under one that it had before."""
        return self.filter(Q(slug=slug) | Q(old_addresses__slug=slug)).distinct()

    def public(self):
        """Stories that readers may read: on air or ended."""
        return self.filter(status__in=[Story.Status.LIVE, Story.Status.ENDED])

    def opened_since(self, moment):
        return self.filter(opened_at__gte=moment)

    def live(self):
        return self.filter(status=Story.Status.LIVE)

    def open_to(self, user):
        """Stories in which a reporter may write: the team is theirs, or there is none."""
        on_team = self.model.team.through.objects.filter(story=models.OuterRef("pk"))
        return self.filter(
            ~models.Exists(on_team) | models.Exists(on_team.filter(user=user)),
        )

    def known_to_readers(self):
        """Stories that readers have seen, withdrawn ones included."""
        return self.exclude(status=Story.Status.DRAFT)

    def latest_first(self):
        return self.order_by(F("last_updated_at").desc(nulls_last=True), "-id")

    def with_parts(self, *, key_events: int = 40):
        """Load all that the story itself shows outside its updates, in the same query.

        `latest_key_events` and `latest_headlines` are lists of bare updates, newest first.
        """
        mine = {"story": OuterRef("pk")}
        newest = _related(Story, "updates").public().filter(**mine).newest_first()
        headlines = newest.exclude(headline="")[:LATEST]
        bare = {"id", "headline", "published_at", "number"}
        return load_related(
            self.select_related("lead_picture__credit", "share_picture__credit"),
            bylines=RelatedRows(StoryByline.objects.filter(**mine), follow=["person"]),
            topics=RelatedRows(Topic.objects.filter(stories=OuterRef("pk"))),
            latest_key_events=RelatedRows(
                newest.key_events()[:key_events], only={*bare, "body_html"}
            ),
            latest_headlines=RelatedRows(headlines, only=bare),
        )

    def front_order(self):
        """Stories on air before ended ones, the latest news first."""
        on_air = Case(When(status=Story.Status.LIVE, then=0), default=1)
        return self.order_by(on_air, F("last_updated_at").desc(nulls_last=True), "-id")


def _related(model, name):
    """The rows of a model that is defined after this one, by its relation's name."""
    return model._meta.get_field(name).related_model.objects.all()


class Story(models.Model):
    """A live blog: what stands above its updates, and the counters of its changes.

    `revision` counts the changes that readers can see, gapless and in commit order.
    `changed_revision` is the last that touched what stands outside the list of
    updates, `reload_revision` the last that an open page can't apply in place.
    `epoch` makes cursors of another life of the story void. `version` counts saves
    of the content. `update_count`, `source_counts` (public updates that rest on a source,
    by its id) and `correction_count` (corrections and told withdrawals) count what pages
    show. All of them are written by `publishing` alone.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        LIVE = "live", _("live")
        ENDED = "ended", _("ended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    headline = models.CharField(_("headline"), max_length=300)
    standfirst = models.CharField(_("standfirst"), max_length=1000, blank=True)
    introduction = RichTextField(_("introduction"), blank=True)
    introduction_html = DerivedHTMLField(source="introduction")
    summary = RichTextField(_("what we know"), blank=True)
    summary_html = DerivedHTMLField(source="summary")
    summary_revision = models.PositiveIntegerField(
        _("summary checked at revision"), null=True, blank=True, editable=False
    )
    summary_checked_at = models.DateTimeField(
        _("summary checked at"), null=True, blank=True, editable=False
    )
    lead_picture = models.ForeignKey(
        Picture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_stories",
        verbose_name=_("lead picture"),
    )
    share_picture = models.ForeignKey(
        Picture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="shared_stories",
        verbose_name=_("share picture"),
        help_text=_("On cards in social networks; the lead picture where empty."),
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="stories", verbose_name=_("topics")
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        default=default_language,
        validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")],
        help_text=_("BCP 47: en, es, uk, pt-BR."),
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, default=default_timezone, validators=[validate_timezone]
    )
    times_assigned = models.BooleanField(
        _("times are assigned"),
        default=False,
        help_text=_("The original carries no times; the page says so."),
    )
    search_title = models.CharField(_("title for search engines"), max_length=200, blank=True)
    share_text = models.CharField(_("text for sharing"), max_length=300, blank=True)
    editors_note = models.TextField(
        _("editor's note"), blank=True, help_text=_("Seen in the admin only.")
    )
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="team_stories",
        verbose_name=_("team"),
        help_text=_("Reporters who may write here; every reporter where empty."),
    )
    created_at = models.DateTimeField(_("created"), null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    last_updated_at = models.DateTimeField(_("last updated"), null=True, blank=True, editable=False)

    epoch = models.CharField(max_length=12, default=new_epoch, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    changed_revision = models.PositiveIntegerField(default=0, editable=False)
    reload_revision = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    # Not serialised: an import counts what it finds.
    update_count = models.PositiveIntegerField(default=0, editable=False, serialize=False)
    source_counts = models.JSONField(default=dict, editable=False, serialize=False)
    correction_count = models.PositiveIntegerField(default=0, editable=False, serialize=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.CheckConstraint(
                name="story_status_is_known",
                condition=Q(status__in=["draft", "live", "ended", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="story_changed_revision_within",
                condition=Q(changed_revision__lte=F("revision")),
            ),
            models.CheckConstraint(
                name="story_reload_revision_within",
                condition=Q(reload_revision__lte=F("revision")),
            ),
            models.CheckConstraint(name="story_version_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="story_seen_has_revision",
                condition=Q(status="draft") | Q(revision__gte=1, opened_at__isnull=False),
            ),
            models.CheckConstraint(name="story_has_headline", condition=~Q(headline="")),
            models.CheckConstraint(name="story_has_address", condition=~Q(slug="")),
        ]
        indexes = [
            models.Index(fields=["status", "-last_updated_at"], name="story_front_order"),
        ]

    def __str__(self):
        return self.headline

    def get_absolute_url(self):
        return reverse("story", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["liveblog.picture", "liveblog.topic"]

    @property
    def cursor(self) -> str:
        """Where a reader of this row stands: `<epoch>-<revision>`."""
        return f"{self.epoch}-{self.revision}"

    @property
    def is_public(self) -> bool:
        return self.status in {self.Status.LIVE, self.Status.ENDED}

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)


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


class OldAddress(models.Model):
    """A slug that a story had before; its addresses redirect for good."""

    slug = models.SlugField(max_length=80, unique=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="old_addresses")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self):
        return self.slug
