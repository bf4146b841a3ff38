"""A live blog: its own parts, and the counters of its changes."""

import functools
import secrets
import uuid
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liveblog.addresses import address_of

from .fields import DerivedHTMLField, RichTextField
from .picture import Picture
from .searched import Searched
from .story_queryset import StoryQuerySet
from .topic import Topic


def new_epoch() -> str:
    """Return the random part of a story's cursors: 6 hexadecimal digits."""
    return secrets.token_hex(3)


def default_timezone() -> str:
    return settings.TIME_ZONE


def default_language() -> str:
    return settings.LANGUAGE_CODE


# Read once: it opens each of the system's files of time zones, 600 for every story saved.
known_zones = functools.cache(zoneinfo.available_timezones)


def validate_timezone(name):
    if name not in known_zones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class Story(Searched):
    """A live blog: what is shown above its updates, and the counters of its changes.

    `revision` counts the changes that readers can see, gapless and in commit order.
    `changed_revision` is the last that touched what is shown outside the list of
    updates, `reload_revision` the last that an open page can't apply in place.
    A new `epoch` invalidates all cursors. `version` counts saves
    of the content. `update_count`, `source_counts` (public updates that rest on a source,
    by its id) and `correction_count` (corrections and announced retractions) count what pages
    show. All of them are written by `publishing` alone.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        LIVE = "live", _("live")
        ENDED = "ended", _("ended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    PUBLIC = (Status.LIVE, Status.ENDED)  # what readers may read

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
    silence_alarm = models.PositiveSmallIntegerField(
        _("silence alarm"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Minutes without an update after which the desk warns."),
    )
    created_at = models.DateTimeField(_("created"), null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    last_updated_at = models.DateTimeField(_("last updated"), null=True, blank=True, editable=False)

    # What feeds know it by: goes along when the story moves to another newsroom's database.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.CharField(max_length=12, default=new_epoch, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    changed_revision = models.PositiveIntegerField(default=0, editable=False)
    reload_revision = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    # Not serialised: an import counts what it finds.
    update_count = models.PositiveIntegerField(default=0, editable=False, serialize=False)
    source_counts = models.JSONField(default=dict, editable=False, serialize=False)
    correction_count = models.PositiveIntegerField(default=0, editable=False, serialize=False)

    SEARCHED = frozenset({"headline", "kicker", "standfirst"})

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
        return address_of("story", self.slug)

    def searched_texts(self):
        return self.headline, f"{self.kicker} {self.standfirst}"

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["liveblog.picture", "liveblog.topic"]

    @property
    def cursor(self) -> str:
        """The position of a reader who has read this row: `<epoch>-<revision>`."""
        return f"{self.epoch}-{self.revision}"

    @property
    def is_public(self) -> bool:
        return self.status in self.PUBLIC

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)
