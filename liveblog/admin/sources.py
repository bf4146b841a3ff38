"""Sources, and the updates that cite them."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liveblog.editing.states import short_in
from liveblog.models import Source, Update
from liveblog.publishing import may

from .list_cells import link
from .modeladmin import SharedAdmin
from .source_updates import SourceUpdates, cited_by
from .story_verbs import LATEST_FIRST

UPDATES_SHOWN = 50


@admin.register(Source)
class SourceAdmin(SourceUpdates, SharedAdmin):
    add_verb = "propose_source"
    change_form_template = "admin/liveblog/source_form.html"
    list_display = ["name", "kind", "credit_line", "url", "resting_on_it"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "credit_line"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "credit_line", "url"]}),
        (_("Address"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """Only chief editors may change a name that readers have seen."""
        renames = obj is None or may(request.user, "rename_source", obj)
        return [] if renames else ["name", "credit_line", "slug"]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            resting = self._resting_on(request, obj)
            context["page"] = Paginator(resting, UPDATES_SHOWN).get_page(request.GET.get("page"))
            context["may_verify"] = may(request.user, "verify")
            context["verifications"] = Update.Verification.choices
            for update in context["page"]:
                update.time = short_in(update.story, update.published_at)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def _resting_on(self, request, source):
        """Return the updates that cite the source and that the user may see."""
        updates = self.admin_site.get_model_admin(Update).get_queryset(request)
        return updates.filter(pk__in=cited_by(source)).order_by(*LATEST_FIRST)

    @admin.display(description=_("updates"))
    def resting_on_it(self, source):
        updates = reverse("admin:liveblog_update_changelist")
        return link(f"{updates}?attributions__source__id__exact={source.pk}", _("Updates"))
