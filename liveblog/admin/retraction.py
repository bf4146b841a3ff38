"""Pages to retract an update, with a note or without trace, and to restore it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog import publishing
from liveblog.models import Update
from liveblog.publishing import may
from liveblog.templatetags.newsroom import working_title

from .takedown_check import check_public_addresses


class RetractForm(forms.Form):
    """The public note of a retraction, and the internal reason."""

    note = forms.CharField(
        label=_("Why, for readers"),
        max_length=Update._meta.get_field("retraction_note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it with the time, in place of the update and under Corrections."),
        error_messages={"required": _("Tell readers why.")},
    )


class WithoutTraceForm(forms.Form):
    """The internal reason for retracting without trace."""

    note = forms.CharField(
        label=_("Why, for the newsroom's history"),
        required=False,
        max_length=Update._meta.get_field("retraction_note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers never see it."),
    )


class Retraction:
    """The update admin's views for retracting and restoring."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        without_trace = wrap(self.retract_without_trace)
        return [
            path("<uuid:pk>/retract/", wrap(self.retract), name="liveblog_update_retract"),
            path(
                "<uuid:pk>/retract/without-trace/",
                without_trace,
                name="liveblog_update_retract_without_trace",
            ),
            path("<uuid:pk>/restore/", wrap(self.restore), name="liveblog_update_restore"),
            path("<uuid:pk>/surfaces/", wrap(self.takedown_check), name="liveblog_update_surfaces"),
            *super().get_urls(),
        ]

    def retract(self, request, pk):
        """Ask for the public note, then retract the update."""
        update = self._update_to(request, pk, "retract")
        form = RetractForm(request.POST or None)
        is_done = form.is_valid() and self._retract(request, update, form)
        context = {
            "form": form,
            "title": gettext("Retract the update"),
            "without_trace_address": without_trace_address(update),
        }
        return self._ask_or_lead_on(request, update, context, "update_retract.html", is_done)

    def retract_without_trace(self, request, pk):
        """Ask on a page of its own, which says what this does; then retract without a note."""
        update = self._update_to(request, pk, "retract")
        form = WithoutTraceForm(request.POST or None)
        is_sent = request.method == "POST" and form.is_valid()
        is_done = is_sent and self._retract(request, update, form, without_trace=True)
        context = {"form": form, "title": gettext("Retract without trace")}
        template = "update_retract_without_trace.html"
        return self._ask_or_lead_on(request, update, context, template, is_done)

    def _ask_or_lead_on(self, request, update, context, template, is_done):
        if request.method == "POST" and context["form"].is_valid():
            way = takedown_check_address(update) if is_done else self.page_of(update.pk)
            return HttpResponseRedirect(way)
        return self._ask(request, update, template, context)

    def _retract(self, request, update, form, *, without_trace=False):
        message = gettext("The update is retracted. Open pages drop it within seconds.")
        more = {"note": form.cleaned_data["note"], "without_trace": without_trace}
        return self.try_verb(request, message, publishing.retract, update, **more)

    def restore(self, request, pk):
        """Ask for confirmation, then restore the update."""
        update = self._update_to(request, pk, "restore")
        if request.method != "POST":
            context = {"title": gettext("Put the update back")}
            return self._ask(request, update, "update_restore.html", context)
        message = gettext("The update is back: readers see it at its old place.")
        self.try_verb(request, message, publishing.restore, update)
        return HttpResponseRedirect(self.page_of(pk))

    def takedown_check(self, request, pk):
        """Fetch the update's public addresses, and show which still contain its text."""
        update = self._update_to(request, pk, "retract")
        if update.number is None:
            raise Http404
        context = {
            "title": gettext("Where it was seen"),
            "addresses": check_public_addresses(update),
        }
        return self._ask(request, update, "takedown_check.html", context)

    def _update_to(self, request, pk, verb):
        update = self.find(request, pk)
        if not may(request.user, verb, update):
            raise PermissionDenied
        return update

    def _ask(self, request, update, template, context):
        frame = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "update": update,
            "words": working_title(update),
            "list_address": reverse("admin:liveblog_update_changelist"),
            "row_address": self.page_of(update.pk),
        }
        return TemplateResponse(request, f"admin/liveblog/{template}", frame | context)


def takedown_check_address(update: Update) -> str:
    return reverse("admin:liveblog_update_surfaces", args=[update.pk])


def without_trace_address(update: Update) -> str:
    return reverse("admin:liveblog_update_retract_without_trace", args=[update.pk])


def retraction_links(user, update: Update) -> list[tuple[str, str]]:
    """Return the links to retract or restore an update: addresses and labels."""
    ways = {
        Update.Status.PUBLISHED: ("retract", gettext("Retract…")),
        Update.Status.RETRACTED: ("restore", gettext("Put back…")),
    }
    if update.status not in ways:
        return []
    verb, label = ways[update.status]
    address = reverse(f"admin:liveblog_update_{verb}", args=[update.pk])
    return [(address, label)] if may(user, verb, update) else []
