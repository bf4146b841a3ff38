"""Sources: who said it, and what rests on them."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liveblog.models import Source
from liveblog.publishing import may

from .newsroom import SharedAdmin, link


@admin.register(Source)
class SourceAdmin(SharedAdmin):
    add_verb = "propose_source"
    list_display = ["name", "kind", "credit_line", "url", "resting_on_it"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "credit_line"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "credit_line", "url"]}),
        (_("Address"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """The name that readers know is a chief editor's to change."""
        renames = obj is None or may(request.user, "rename_source", obj)
        return [] if renames else ["name", "credit_line", "slug"]

    @admin.display(description=_("updates"))
    def resting_on_it(self, source):
        updates = reverse("admin:liveblog_update_changelist")
        return link(f"{updates}?attributions__source__id__exact={source.pk}", _("Updates"))
