"""Create a story from a document: paste or upload, check what was read, save drafts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext

from liveblog.interchange.drafts import draft_story
from liveblog.publishing import PublishingError, may

from .document_form import DocumentForm


class FromDocument:
    """The story admin's page for documents."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.from_document)
        return [
            path("from-document/", view, name="liveblog_story_from_document"),
            *super().get_urls(),
        ]

    def from_document(self, request):
        if not may(request.user, "create_story"):
            raise PermissionDenied
        form = DocumentForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and "_make" in request.POST:
            story = self._make(request, form)
            if story:
                return HttpResponseRedirect(self.page_of(story.pk))
        if form.has_lost_marks:
            words = gettext("The text was changed: the marks on its lines were taken off.")
            self.message_user(request, words, messages.WARNING)
        frame = self.admin_site.each_context(request)
        context = {
            "title": gettext("New story from a document"),
            "form": form,
            "opts": self.opts,
            "zone": form.timezone if form.document else "",
        }
        return TemplateResponse(request, "admin/liveblog/from_document.html", frame | context)

    def _make(self, request, form):
        """Save the drafts; on a refusal show why, and keep the form's text."""
        try:
            story = draft_story(
                form.document,
                form.schedule,
                language=form.language,
                timezone=form.timezone,
                by=request.user,
            )
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return None
        words = gettext(
            "The story is kept as a draft, its updates too. Read them, then open the story."
        )
        self.message_user(request, words, messages.SUCCESS, extra_tags="from-document")
        return story
