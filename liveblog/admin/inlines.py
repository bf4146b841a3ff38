"""The rows of other tables inside a story's or an update's form."""

from functools import partial

from django.contrib import admin

from .form_classes import PLAIN, shared_class
from .related_fields import PlainRelations

PLAIN_ROWS = 3


class PartInline(PlainRelations, admin.TabularInline):
    """An inline; whoever may change the story or update may change its rows."""

    verbose_name_plural = None
    max_num = 100

    def get_formset(self, request, obj=None, **kwargs):
        """Cap the number of forms, whatever the management form of a request claims."""
        kwargs["absolute_max"] = self.max_num
        build = partial(super().get_formset, request, obj, **kwargs)
        return shared_class(request, (type(self), *kwargs.items()), build)

    def get_extra(self, request, obj=None, **kwargs):
        """Offer one empty row, and more where no script can add another."""
        return PLAIN_ROWS if PLAIN in request.GET else 1

    def has_view_permission(self, request, obj=None):
        return True

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Set an aria-label on each field: screen readers don't read column heads as labels."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = str(field.label)
        return field

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


def rows_of(formset) -> list[dict]:
    """Return the cleaned data of an inline's filled rows, without the deleted ones."""
    return [
        form.cleaned_data
        for form in formset.forms
        if form.cleaned_data and not form.cleaned_data.get("DELETE") and _is_filled(formset, form)
    ]


def _is_filled(formset, form):
    return form.instance.pk or form.has_changed()
