"""The composer's inlines: sources, bylines and pictures."""

from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from liveblog.admin.inlines import PartInline
from liveblog.models import Attribution, UpdateByline, UpdatePicture
from liveblog.richtext import pictures_in


class SourceInline(PartInline):
    model = Attribution
    fields = ["source", "role", "url"]
    autocomplete_fields = ["source"]
    verbose_name = _("source")
    verbose_name_plural = _("sources")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "url":
            field.widget.attrs["placeholder"] = "https://"
        return field


class BylineInline(PartInline):
    model = UpdateByline
    fields = ["person"]
    autocomplete_fields = ["person"]
    classes = ["collapse"]
    verbose_name_plural = _("bylines")


class _BesideTheText(BaseInlineFormSet):
    """Pictures outside the text; those inside it are added and removed with the text."""

    def __init__(self, *args, instance=None, queryset=None, **kwargs):
        if instance is not None and not instance._state.adding:
            queryset = queryset.exclude(picture__in=pictures_in(instance.body))
        super().__init__(*args, instance=instance, queryset=queryset, **kwargs)


class PictureInline(PartInline):
    model = UpdatePicture
    formset = _BesideTheText
    fields = ["picture"]
    autocomplete_fields = ["picture"]
    classes = ["collapse"]
    verbose_name = _("picture after the text")
    verbose_name_plural = _("pictures after the text")
