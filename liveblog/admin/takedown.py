"""Take an update from readers, with a note or without trace, and put it back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog import publishing
from liveblog.models import Update
from liveblog.publishing import may
from liveblog.templatetags.newsroom import title_of

from .composer.sending import is_sent_by_script
from .takedown_check import check_surfaces

WITH_NOTE, WITHOUT_TRACE = "with_note", "without_trace"


class RetractForm(forms.Form):
    """How an update goes, and what readers are told."""

    how = forms.ChoiceField(
        label=_("What do readers see?"),
        choices=[
            (WITH_NOTE, _("A note: that an update was retracted, when and why")),
            (WITHOUT_TRACE, _("Nothing: for legal reasons, without trace")),
        ],
        initial=WITH_NOTE,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=Update._meta.get_field("retraction_note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it with the note; without trace, the newsroom's history alone."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("how") == WITH_NOTE and "note" in cleaned and not cleaned["note"]:
            self.add_error("note", gettext("Tell readers why, or retract it without trace."))
        return cleaned


class Takedown:
    """The update admin's pages that take down and put back."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:pk>/retract/", wrap(self.retract), name="liveblog_update_retract"),
            path("<uuid:pk>/restore/", wrap(self.restore), name="liveblog_update_restore"),
            path("<uuid:pk>/surfaces/", wrap(self.surfaces), name="liveblog_update_surfaces"),
            *super().get_urls(),
        ]

    def retract(self, request, pk):
        """Ask how, then take the update down."""
        update = self._update_to(request, pk, "retract")
        form = RetractForm(request.POST or None)
        is_done = form.is_valid() and self._retract(request, update, form)
        if request.method == "POST" and is_sent_by_script(request):
            self._tell_errors(request, form)
            return self.latest_beside(request, update.story)
        if form.is_valid():
            return HttpResponseRedirect(surfaces_address(update) if is_done else self.page_of(pk))
        context = {"form": form, "title": gettext("Retract the update")}
        return self._ask(request, update, "update_retract.html", context)

    def _retract(self, request, update, form):
        told = gettext("The update is retracted. Open pages drop it within seconds.")
        how, note = form.cleaned_data["how"], form.cleaned_data["note"]
        more = {"note": note, "without_trace": how == WITHOUT_TRACE}
        return self.try_verb(request, told, publishing.retract, update, **more)

    def _tell_errors(self, request, form):
        for each in form.errors.values():
            self.message_user(request, " ".join(each), messages.ERROR)

    def restore(self, request, pk):
        """Ask, then put the update back at its place."""
        update = self._update_to(request, pk, "restore")
        if request.method != "POST":
            context = {"title": gettext("Put the update back")}
            return self._ask(request, update, "update_restore.html", context)
        told = gettext("The update is back: readers see it at its old place.")
        self.try_verb(request, told, publishing.restore, update)
        return HttpResponseRedirect(self.page_of(pk))

    def surfaces(self, request, pk):
        """Fetch the update's public addresses back, and tell which still show its text."""
        update = self._update_to(request, pk, "retract")
        if update.number is None:
            raise Http404
        context = {"title": gettext("Where it was seen"), "surfaces": check_surfaces(update)}
        return self._ask(request, update, "update_surfaces.html", context)

    def _update_to(self, request, pk, verb):
        update = self.find(request, pk)
        if not may(request.user, verb, update):
            raise PermissionDenied
        return update

    def _ask(self, request, update, template, context):
        frame = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "update": update,
            "words": title_of(update),
            "list_address": reverse("admin:liveblog_update_changelist"),
            "row_address": self.page_of(update.pk),
        }
        return TemplateResponse(request, f"admin/liveblog/{template}", frame | context)


def surfaces_address(update: Update) -> str:
    return reverse("admin:liveblog_update_surfaces", args=[update.pk])


def ways_out(user, update: Update) -> list[tuple[str, str]]:
    """Return what may be done to an update that readers saw: addresses and labels."""
    ways = {
        Update.Status.PUBLISHED: ("retract", gettext("Retract…")),
        Update.Status.RETRACTED: ("restore", gettext("Put back…")),
    }
    if update.status not in ways:
        return []
    verb, label = ways[update.status]
    address = reverse(f"admin:liveblog_update_{verb}", args=[update.pk])
    return [(address, label)] if may(user, verb, update) else []
