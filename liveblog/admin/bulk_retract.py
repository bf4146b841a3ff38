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

from .retraction import RetractForm

MOST = 500  # the page that asks names each, and Django takes no more than 1,000 fields


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
        if queryset.count() > MOST:
            message = gettext("At most %(most)d at once: filter the list. Nothing was changed.")
            self.message_user(request, message % {"most": MOST}, messages.ERROR)
            return None
        form = RetractForm(request.POST if "note" in request.POST else None)
        if form.is_valid():
            self._retract_chosen(request, seen, form.cleaned_data["note"])
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

    def _retract_chosen(self, request, updates, note):
        ids = list(updates.values_list("pk", flat=True))
        try:
            outcome = publishing.retract_all(ids, by=request.user, note=note)
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            tell_retracted(self, request, outcome)


def tell_retracted(page, request, outcome: publishing.Retracted) -> None:
    """Say how many updates are retracted, why others are not, and whether some are left."""
    for update in Update.objects.filter(pk__in=outcome.refused).select_related("story"):
        refusal = outcome.refused[update.pk]
        page.message_user(request, f"{update}: {refusal}", messages.ERROR)
    count = len(outcome.done)
    message = ngettext(
        "%(count)s update is retracted. Open pages drop it within seconds.",
        "%(count)s updates are retracted. Open pages drop them within seconds.",
        count,
    )
    page.message_user(request, message % {"count": count}, messages.SUCCESS)
    if outcome.stopped:
        left = gettext(
            "It stopped there: {reason} The others are still on air: retract them again."
        )
        page.message_user(request, left.format(reason=outcome.stopped), messages.ERROR)
