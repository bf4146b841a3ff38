"""Topics of stories."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from liveblog.models import Topic

from .modeladmin import SharedAdmin


@admin.register(Topic)
class TopicAdmin(SharedAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    fieldsets = [
        (None, {"fields": ["name"]}),
        (_("Address"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]
