"""The form fields of rows that refer to other rows: which are offered, and with which icons."""

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models

from .choosing import ChooseMany, ChooseOne
from .form_classes import PLAIN


class PlainRelations:
    """Show only the "add" icon beside a related field, none of Django's other ones."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
            widget.can_add_related &= db_field.name not in self.never_added
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChooseOne(db_field, self.admin_site)
        self._offer_what_is_seen(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChooseMany(db_field, self.admin_site)
        self._offer_what_is_seen(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _offer_what_is_seen(self, db_field, request, kwargs):
        """Choose among the rows that the person may see: a refused form names the chosen one."""
        model = db_field.remote_field.model
        if self.admin_site.is_registered(model):
            rows = self.admin_site.get_model_admin(model).get_queryset(request)
            kwargs.setdefault("queryset", rows)

    def get_autocomplete_fields(self, request):
        """Use plain selects for users without JavaScript, which autocomplete needs."""
        return () if PLAIN in request.GET else super().get_autocomplete_fields(request)

    never_added = ("story",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
