"""People: the names in bylines."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from liveblog.models import Person

from .modeladmin import SharedAdmin


@admin.register(Person)
class PersonAdmin(SharedAdmin):
    list_display = ["name", "role", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "slug", "role"]
    raw_id_fields = ["user"]
    fieldsets = [
        (None, {"fields": ["name", "role", "url", "user"]}),
        (_("Address"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]
