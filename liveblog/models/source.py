"""Sources, and the citations of updates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liveblog.addresses import address_of

from .named import NamedModel, NamedQuerySet
from .searched import Searched


class Source(Searched, NamedModel):
    """A news agency, official body, person, outlet, document or eyewitness that updates cite."""

    class Kind(models.TextChoices):
        UNSAID = "", _("kind not chosen")
        AGENCY = "agency", _("news agency")
        OFFICIAL = "official", _("official body")
        PERSON = "person", _("person")
        OUTLET = "outlet", _("outlet")
        DOCUMENT = "document", _("document")
        EYEWITNESS = "eyewitness", _("eyewitness")

    credit_line = models.CharField(
        _("credit line"),
        max_length=200,
        blank=True,
        help_text=_("As printed; the name where empty."),
    )
    url = models.URLField(_("link"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.UNSAID, blank=True)

    SEARCHED = frozenset({"name", "credit_line"})

    objects = NamedQuerySet.as_manager()

    class Meta(NamedModel.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(
                name="source_kind_is_known",
                condition=models.Q(
                    kind__in=[
                        "",
                        "agency",
                        "official",
                        "person",
                        "outlet",
                        "document",
                        "eyewitness",
                    ]
                ),
            ),
        ]

    def get_absolute_url(self):
        return address_of("source", self.slug)

    def searched_texts(self):
        return self.name, self.credit_line

    @property
    def credit(self) -> str:
        """The name as printed beside a text or a picture."""
        return self.credit_line or self.name


class AttributionQuerySet(models.QuerySet):
    def get_by_natural_key(self, update, source, role):
        return self.get(update_id=update, source__slug=source, role=role)

    def claims(self):
        """Citations that support an update's text, not credits of its pictures."""
        return self.exclude(role=Attribution.Role.PHOTO)


class Attribution(models.Model):
    """An update's citation of a source."""

    class Role(models.TextChoices):
        REPORTED_BY = "reported_by", _("reported by")
        QUOTED = "quoted", _("quoted")
        PHOTO = "photo", _("photo")

    update = models.ForeignKey(
        "Update", models.CASCADE, related_name="attributions", verbose_name=_("update")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="attributions", verbose_name=_("source")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.REPORTED_BY)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = AttributionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        constraints = [
            models.UniqueConstraint(
                name="source_once_per_update_and_role", fields=["update", "source", "role"]
            ),
            models.CheckConstraint(
                name="attribution_role_is_known",
                condition=models.Q(role__in=["reported_by", "quoted", "photo"]),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.source}"

    def natural_key(self):
        return (str(self.update_id), self.source.slug, self.role)

    natural_key.dependencies = ["liveblog.update", "liveblog.source"]
