"""History pages: list the versions of a row, compare two, restore one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.editing.versions import differences
from liveblog.models import Update, Version
from liveblog.publishing import PublishingError
from liveblog.templatetags.newsroom import working_title

from .composer.forms import EditKindForm

VERSIONS_SHOWN = 50


class RestoreForm(forms.Form):
    """The version of the row that the restore page was rendered from."""

    made_from = forms.IntegerField(widget=forms.HiddenInput)


class RestorePublishedForm(EditKindForm, RestoreForm):
    """The same for a published update, with the kind of the edit."""


class History:
    """Replaces Django's log by the versions that `publishing` keeps."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.restore_version_view)
        name = f"liveblog_{self.opts.model_name}_restore_version"
        return [
            path("<path:object_id>/history/<int:version_id>/", view, name=name),
            *super().get_urls(),
        ]

    # -- for each kind of thing

    def versions_of(self, obj):
        """Return the row's versions, the newest first."""
        raise NotImplementedError

    def restore_version(self, obj, version, form, *, by):
        """Call the verb that makes an older version the newest."""
        raise NotImplementedError

    # -- the pages

    def history_view(self, request, object_id, extra_context=None):
        """List the versions, and compare the two that the query string names."""
        obj = self.find(request, object_id)
        versions = self.versions_of(obj).select_related("by", "token")
        page = Paginator(versions, VERSIONS_SHOWN).get_page(request.GET.get("page"))
        old, new = _asked_for(request, versions)
        context = {
            "page": page,
            "old": old,
            "new": new,
            "differences": differences(old, new) if new else [],
            "may_restore": self._may_restore(request, obj),
            "newest": versions.first(),
            "restore_name": f"admin:liveblog_{self.opts.model_name}_restore_version",
        }
        return self._answer_history(request, obj, "history.html", context | (extra_context or {}))

    def restore_version_view(self, request, object_id, version_id):
        """Ask for confirmation, then restore an older version."""
        obj = self.find(request, object_id)
        if not self._may_restore(request, obj):
            raise PermissionDenied
        version = get_object_or_404(
            self.versions_of(obj).select_related("by", "token"), pk=version_id
        )
        is_seen = isinstance(obj, Update) and obj.is_published
        form_class = RestorePublishedForm if is_seen else RestoreForm
        form = form_class(request.POST or None, initial={"made_from": obj.version})
        if request.method == "POST" and form.is_valid():
            try:
                self.restore_version(obj, version, form, by=request.user)
            except PublishingError as refusal:
                form.add_error(None, str(refusal))
            else:
                obj.refresh_from_db()
                message = _("The version is back. It is “%(state)s”.")
                message %= {"state": obj.get_status_display()}
                self.message_user(request, message, messages.SUCCESS)
                return HttpResponseRedirect(self.page_of(obj.pk))
        newest = self.versions_of(obj).first()
        context = {"form": form, "version": version, "differences": differences(newest, version)}
        context["gone"] = publishing.names_gone(version)
        context["back_address"] = reverse(
            f"admin:liveblog_{self.opts.model_name}_history", args=[obj.pk]
        )
        return self._answer_history(request, obj, "restore_version.html", context)

    def _may_restore(self, request, obj):
        return self.has_change_permission(request, obj)

    def _answer_history(self, request, obj, template, context):
        name = f"admin:liveblog_{self.opts.model_name}"
        story = obj.story if isinstance(obj, Update) else obj
        shown = f"?show={obj.pk}" if isinstance(obj, Update) else ""
        frame = self.admin_site.each_context(request) | {
            "title": _("History"),
            "opts": self.opts,
            "original": obj,
            "zone": story.timezone,
            "desk_address": reverse("desk:page", args=[story.pk]) + shown,
            "words": working_title(obj) if isinstance(obj, Update) else str(obj),
            "list_address": reverse(f"{name}_changelist"),
            "row_address": self.page_of(obj.pk),
            "history_address": reverse(f"{name}_history", args=[obj.pk]),
        }
        return TemplateResponse(request, f"admin/liveblog/{template}", frame | context)


class UpdateHistory(History):
    """The history of an update in any state."""

    def versions_of(self, obj):
        return Version.objects.filter(update=obj)

    def restore_version(self, obj, version, form, *, by):
        content = publishing.read_update(version)
        made_from = form.cleaned_data["made_from"]
        if not obj.is_published:
            publishing.save_draft(obj, content, by=by, version=made_from)
            return
        kind, note = form.cleaned_data["kind_of_edit"], form.cleaned_data["note"]
        publishing.edit(obj, content, by=by, version=made_from, kind=kind, note=note)


class StoryHistory(History):
    """The history of a story's own parts."""

    def versions_of(self, obj):
        return Version.objects.of_story(obj)

    def restore_version(self, obj, version, form, *, by):
        content = publishing.read_story(version)
        publishing.edit_story(obj, content, by=by, version=form.cleaned_data["made_from"])


def _asked_for(request, versions):
    """Return the versions that the query string names, older first; `(None, None)` without."""
    chosen = [request.GET.get(name, "") for name in ("old", "new")]
    if not any(chosen):
        return None, None
    if not all(each.isdecimal() and len(each) < 19 for each in chosen if each):
        raise Http404
    found = sorted(versions.filter(pk__in=[each for each in chosen if each]), key=lambda v: v.pk)
    if len(found) != len({each for each in chosen if each}):
        raise Http404
    if len(found) == 1:
        before = versions.filter(pk__lt=found[0].pk).first()
        found = [before or found[0], *found]
    return found[0], found[-1]
