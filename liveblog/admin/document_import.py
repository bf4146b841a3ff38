"""A new story from a document: paste or upload, see what was read, then make the drafts."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog.interchange.document import attributions, parser, timing
from liveblog.interchange.document.text import MOST_BYTES, DocumentError
from liveblog.interchange.drafts import draft_story
from liveblog.publishing import PublishingError, may
from liveblog.templatetags.newsroom import say


class DocumentForm(forms.Form):
    """A document, and what it may leave open; `document` and `schedule` hold what was read."""

    text = forms.CharField(
        label=_("Paste the document"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    file = forms.FileField(label=_("or upload it (plain text, UTF-8)"), required=False)
    date = forms.DateTimeField(
        label=_("Moment of the newest update"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Now where empty. Times in the document win."),
    )
    every = forms.IntegerField(
        label=_("Minutes between updates without a time"), initial=20, min_value=1, max_value=1440
    )
    oldest_first = forms.BooleanField(label=_("The oldest update stands first"), required=False)

    document = schedule = None
    problems: list = []

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("The file has more than 5 MB."))
        return file and file.read()

    def clean(self):
        cleaned = super().clean()
        data = cleaned.get("file") or cleaned.get("text")
        if self.errors:
            return cleaned
        if not data:
            raise forms.ValidationError(gettext("Paste a document, or choose a file."))
        try:
            self.document = parser.parse(data)
            self._plan(cleaned)
        except DocumentError as error:
            self.problems = error.problems
            raise forms.ValidationError(gettext("The document can't be read yet.")) from error
        except timing.ScheduleError as error:
            raise forms.ValidationError(say(error.args[0])) from error
        return cleaned

    def _plan(self, cleaned):
        self.schedule = timing.plan(
            [update.time for update in self.document.updates],
            zone=timezone.get_current_timezone(),
            now=timezone.now(),
            newest=cleaned["date"],
            every=timedelta(minutes=cleaned["every"]),
            oldest_first=cleaned["oldest_first"],
        )

    def updates(self):
        """Return what was read of each update: its text, its moment, and whom it cites."""
        told = zip(self.document.updates, self.schedule.moments, strict=True)
        return [
            {"text": update, "at": at, "sources": attributions.find_citations(update.paragraphs)}
            for update, at in told
        ]

    def keep_uploaded_text(self):
        """Show an uploaded document as if it had been pasted, for the second step."""
        if self.cleaned_data.get("file"):
            self.data = self.data.copy()
            self.data["text"] = self.cleaned_data["file"].decode("utf-8", "replace")


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
        if request.method == "POST" and form.is_valid():
            if "_make" in request.POST:
                return self._make(request, form)
            form.keep_uploaded_text()
        frame = self.admin_site.each_context(request)
        context = {"title": gettext("New story from a document"), "form": form, "opts": self.opts}
        return TemplateResponse(request, "admin/liveblog/from_document.html", frame | context)

    def _make(self, request, form):
        try:
            story = draft_story(
                form.document,
                form.schedule,
                language=settings.LANGUAGE_CODE,
                timezone=settings.TIME_ZONE,
                by=request.user,
            )
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        told = gettext(
            "The story is kept as a draft, its updates too. Read them, then open the story."
        )
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self.page_of(story.pk))
