"""What topics, sources and people have in common: a name, and an address made from it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from liveblog.slugs import slugify


class NamedQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class NamedModel(models.Model):
    """A thing known by its name; the same name in another case or script is the same thing."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80, unique=True, blank=True)

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        self.slug = self.slug or slugify(self.name, max_length=80)
        if not self.slug:
            raise ValidationError({"name": _("The name needs at least one letter or digit.")})
        same = type(self).objects.filter(slug=self.slug).exclude(pk=self.pk).first()
        if same:
            raise ValidationError({"name": _("There is “%(name)s” already.") % {"name": same}})

    def save(self, **kwargs):
        self.slug = self.slug or slugify(self.name, max_length=80)
        super().save(**kwargs)

    def natural_key(self):
        return (self.slug,)
