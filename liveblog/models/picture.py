"""Pictures: the file that may be absent, and the words that never are."""

import re
import uuid

from django.apps import apps
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from .fields import ClientUUIDField
from .searched import Searched
from .source import Source

is_picture_name = RegexValidator(
    r"^pictures/[\w-][\w.-]*\.(avif|jpe?g|png|webp)\Z",
    _("A picture's file lies in pictures/ and is AVIF, JPEG, PNG or WebP."),
)


_WITH_ID = re.compile(r"pictures/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-")
_OPEN = ["live", "ended"]


class PictureQuerySet(models.QuerySet):
    def get_by_natural_key(self, id):
        return self.get(pk=id)

    def of_file(self, name: str):
        """Pictures that a file belongs to; those that were uploaded bear the picture's id."""
        found = _WITH_ID.match(name)
        return self.filter(pk=found[1]) if found else self.filter(file=name)

    def shown(self):
        """Pictures that readers see somewhere: in a public update, at a public story's head."""
        in_update = Q(
            in_updates__update__status="published", in_updates__update__story__status__in=_OPEN
        )
        at_head = Q(led_stories__status__in=_OPEN) | Q(shared_stories__status__in=_OPEN)
        return self.filter(in_update | at_head)

    def open_to(self, user):
        """Pictures that a reporter may see: on a page, in a story of theirs, or new and their own.

        One that is used nowhere yet belongs to whoever added it.
        """
        stories = apps.get_model("liveblog", "Story").objects
        uses, heads = _uses(), _heads()
        public = uses.filter(update__status="published", update__story__status__in=_OPEN)
        in_theirs = uses.filter(update__story__in=stories.open_to(user))
        is_unused = ~Exists(uses) & ~Exists(heads)
        return self.filter(
            Exists(public)
            | Exists(in_theirs)
            | Exists(heads.filter(Q(status__in=_OPEN) | Q(pk__in=stories.open_to(user))))
            | (Q(added_by=user) & is_unused)
        )

    def described_by(self, user):
        """Pictures whose words a reporter may change: their own, or in nothing but their work."""
        others = _uses().exclude(
            update__created_by=user,
            update__status__in=["draft", "submitted"],
            update__number__isnull=True,
        )
        is_in_own_work = Exists(_uses()) & ~Exists(others) & ~Exists(_heads())
        return self.open_to(user).filter(Q(added_by=user) | is_in_own_work)


def _uses():
    """The uses in updates of the picture in an outer query."""
    return apps.get_model("liveblog", "UpdatePicture").objects.filter(picture=OuterRef("pk"))


def _heads():
    """The stories that have the picture of an outer query at their heads."""
    heads = Q(lead_picture=OuterRef("pk")) | Q(share_picture=OuterRef("pk"))
    return apps.get_model("liveblog", "Story").objects.filter(heads)


class Picture(Searched):
    """A picture of stories and updates; an outlined box with its alt text where it has no file."""

    id = ClientUUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(
        _("file"), upload_to="pictures/", max_length=200, blank=True, validators=[is_picture_name]
    )
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    renditions = models.JSONField(
        _("renditions"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Files made from the picture: name, width and height in pixels, media type."),
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    is_decorative = models.BooleanField(_("decorative"), default=False)
    caption = models.CharField(_("caption"), max_length=1000, blank=True)
    credit = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name=_("credit"),
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="added_pictures",
        verbose_name=_("added by"),
    )
    created_at = models.DateTimeField(_("added"), null=True, blank=True, editable=False)

    SEARCHED = frozenset({"alt", "caption"})

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.alt or self.caption or str(self.id)

    def searched_texts(self):
        return self.alt, self.caption

    def natural_key(self):
        return (str(self.id),)

    natural_key.dependencies = ["liveblog.source"]
