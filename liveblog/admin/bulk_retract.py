"""Retract several updates of the list at once, with one note to readers."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from liveblog import publishing
from liveblog.models import Update
from liveblog.publishing import PublishingError, may

from .takedown import RetractForm


class BulkRetract:
    """The only bulk action of the update list; drafts are deleted one by one."""

    actions = ["retract_selected"]

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        if not may(request.user, "retract"):
            actions.pop("retract_selected", None)
        return actions

    @admin.action(description=_("Retract the selected updates…"))
    def retract_selected(self, request, queryset):
        """Ask for the note, then retract the public updates of the selection."""
        seen = queryset.filter(status=Update.Status.PUBLISHED).order_by("story_id", "id")
        form = RetractForm(request.POST if "note" in request.POST else None)
        if form.is_valid():
            self._retract_each(request, seen, form.cleaned_data["note"])
            return None
        context = self.admin_site.each_context(request) | {
            "title": gettext("Retract updates"),
            "form": form,
            "updates": seen,
            "left_out": queryset.count() - seen.count(),
            "checkbox": ACTION_CHECKBOX_NAME,
            "opts": self.opts,
            "list_address": request.get_full_path(),
            "row_address": reverse("admin:liveblog_update_changelist"),
        }
        return TemplateResponse(request, "admin/liveblog/updates_retract.html", context)

    def _retract_each(self, request, updates, note):
        retracted = 0
        for update in updates:
            try:
                publishing.retract(update, by=request.user, note=note)
                retracted += 1
            except PublishingError as refusal:
                self.message_user(request, f"{update}: {refusal}", messages.ERROR)
        message = ngettext(
            "%(count)s update is retracted. Open pages drop it within seconds.",
            "%(count)s updates are retracted. Open pages drop them within seconds.",
            retracted,
        )
        self.message_user(request, message % {"count": retracted}, messages.SUCCESS)
