"""Deleted drafts of a story: read and restore them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.models import Story, Update, Version
from liveblog.publishing import PublishingError, may
from liveblog.richtext import to_plain_text

from .home import edit_address
from .post_only import post_only

DRAFTS_SHOWN = 50


def deleted_drafts(story: Story):
    """Return the last version of each draft that was deleted and not brought back since."""
    there = Update.objects.filter(pk=OuterRef("update_id_was"))
    later = Version.objects.filter(update_id_was=OuterRef("update_id_was"), pk__gt=OuterRef("pk"))
    gone = Version.objects.filter(story=story, update_id_was__isnull=False, verb="delete_draft")
    return gone.filter(~Exists(there), ~Exists(later)).select_related("by")


class DeletedDrafts:
    """The story admin's list of deleted drafts."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        revive = post_only(self.revive)
        return [
            path("<int:pk>/deleted/", wrap(self.deleted), name="liveblog_story_deleted"),
            path("<int:pk>/deleted/<int:version>/", wrap(revive), name="liveblog_story_revive"),
            *super().get_urls(),
        ]

    def deleted(self, request, pk):
        story = self._story_written_in(request, pk)
        page = Paginator(deleted_drafts(story), DRAFTS_SHOWN).get_page(request.GET.get("page"))
        for version in page:
            version.words = to_plain_text(version.content["body"])
        context = {
            "title": _("Deleted drafts"),
            "opts": self.opts,
            "story": story,
            "words": story.headline,
            "page": page,
            "list_address": reverse("admin:liveblog_story_changelist"),
            "row_address": self.page_of(story.pk),
        }
        frame = self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/liveblog/deleted_drafts.html", frame | context)

    def revive(self, request, pk, version):
        story = self._story_written_in(request, pk)
        gone = get_object_or_404(deleted_drafts(story), pk=version)
        try:
            update = publishing.revive(gone, by=request.user)
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:liveblog_story_deleted", args=[pk]))
        self.message_user(request, _("The draft is back."), messages.SUCCESS)
        return HttpResponseRedirect(edit_address(update))

    def _story_written_in(self, request, pk):
        story = self.find(request, pk)
        if not may(request.user, "save_draft", story):
            raise PermissionDenied
        return story
