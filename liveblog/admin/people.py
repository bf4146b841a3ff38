"""People: the names in bylines."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from liveblog.accounts import name_of
from liveblog.models import Person

from .modeladmin import SharedAdmin


@admin.register(Person)
class PersonAdmin(SharedAdmin):
    list_display = ["name", "role", "account"]
    list_select_related = ["user"]
    search_fields = ["name", "slug", "role"]
    fieldsets = [
        (None, {"fields": ["name", "role", "url", "user"]}),
        (_("Address"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Show whoever only reads the colleague's name: the field would show how they sign in."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        (title, main), *others = fieldsets
        return [(title, {**main, "fields": [*main["fields"][:-1], "account"]}), *others]

    def get_readonly_fields(self, request, obj=None):
        return ["account"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer accounts by their people's names, never by the names to sign in with."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            field.label_from_instance = name_of
        return field

    @admin.display(description=Person._meta.get_field("user").verbose_name)
    def account(self, person):
        return name_of(person.user)
