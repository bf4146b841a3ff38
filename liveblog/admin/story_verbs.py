"""What moves a story on: each a button, asking first where readers would notice."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liveblog import publishing
from liveblog.editing.previews import story_preview
from liveblog.models import Story, Update
from liveblog.publishing import PublishingError, may

LATEST_FIRST = (Coalesce("published_at", "created_at").desc(nulls_last=True), "-number", "id")
DRAFTS_SHOWN = 200


def verbs_of(user, story: Story) -> list[dict]:
    """Return the buttons that move a story on: address, label, and whether a page asks first."""
    verbs = {
        Story.Status.DRAFT: [("open", _("Open the story…"), True)],
        Story.Status.LIVE: [("end", _("End the story"), False), ("withdraw", _("Withdraw…"), True)],
        Story.Status.ENDED: [("open", _("Reopen…"), True), ("withdraw", _("Withdraw…"), True)],
    }
    return [
        {
            "url": reverse(f"admin:liveblog_story_{verb}", args=[story.pk]),
            "label": label,
            "asks": asks,
        }
        for verb, label, asks in verbs.get(story.status, [])
        if may(user, f"{verb}_story", story)
    ]


class StoryVerbs:
    """The story admin's own addresses."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        end, check = require_POST(self.end_story), require_POST(self.check_summary)
        return [
            path("<int:pk>/open/", wrap(self.open_story), name="liveblog_story_open"),
            path("<int:pk>/end/", wrap(end), name="liveblog_story_end"),
            path("<int:pk>/preview/", wrap(self.preview), name="liveblog_story_preview"),
            path("<int:pk>/check/", wrap(check), name="liveblog_story_check"),
            path("<int:pk>/withdraw/", wrap(self.withdraw_story), name="liveblog_story_withdraw"),
            *super().get_urls(),
        ]

    def preview(self, request, pk):
        """Show the story as readers would see it, drafts among its updates."""
        return story_preview(self._story(request, pk, "view"))

    def open_story(self, request, pk):
        """Ask which drafts go on air with the story, then open it."""
        story = self._story(request, pk, "open_story")
        drafts = story.updates.filter(status=Update.Status.DRAFT).order_by(*LATEST_FIRST)
        if request.method != "POST":
            context = {"drafts": drafts[:DRAFTS_SHOWN], "title": _("Open the story")}
            return self._ask(request, story, "story_open.html", context)
        chosen = drafts.filter(pk__in=filter(is_uuid, request.POST.getlist("update"))).reverse()
        told = _("The story is open: readers see it.")
        return self._do(request, story, told, publishing.open_story, updates=chosen)

    def end_story(self, request, pk):
        story = self._story(request, pk, "end_story")
        return self._do(request, story, _("The story is ended."), publishing.end_story)

    def check_summary(self, request, pk):
        story = self._story(request, pk, "edit_story")
        told = _("“What we know” is marked as checked now.")
        return self._do(request, story, told, publishing.check_summary)

    def withdraw_story(self, request, pk):
        """Ask for the reason, then take the story from readers."""
        story = self._story(request, pk, "withdraw_story")
        if request.method != "POST":
            context = {"title": _("Withdraw the story")}
            return self._ask(request, story, "story_withdraw.html", context)
        note = request.POST.get("note", "").replace("\0", "")[:1000]
        told = _("The story is withdrawn: its addresses say so.")
        return self._do(request, story, told, publishing.withdraw_story, note=note)

    def _story(self, request, pk, verb):
        story = self.find(request, pk)
        if not may(request.user, verb, story):
            raise PermissionDenied
        return story

    def _ask(self, request, story, template, context):
        frame = self.admin_site.each_context(request)
        context |= {
            "story": story,
            "opts": self.opts,
            "words": story.headline,
            "list_address": reverse("admin:liveblog_story_changelist"),
            "row_address": self.page_of(story.pk),
        }
        return TemplateResponse(request, f"admin/liveblog/{template}", frame | context)

    def _do(self, request, story, told, verb, **more):
        try:
            verb(story, by=request.user, **more)
            self.message_user(request, told, messages.SUCCESS)
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        return HttpResponseRedirect(self.page_of(story.pk))


def is_uuid(text):
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
