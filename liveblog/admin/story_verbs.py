"""The story's verbs: open, end, withdraw; those that readers notice ask first."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liveblog import publishing
from liveblog.editing import presence
from liveblog.editing.previews import story_preview
from liveblog.models import Story, Update, Version
from liveblog.publishing import PublishingError, may
from liveblog.queries.desk_rows import count_waiting

from .post_only import post_only
from .presence import answer_beat

LATEST_FIRST = (Coalesce("published_at", "created_at").desc(nulls_last=True), "-number", "id")
DRAFTS_SHOWN = 200


def verbs_of(user, story: Story) -> list[dict]:
    """Return the story's buttons: address, label, and whether a page asks first."""
    verbs = {
        Story.Status.DRAFT: [("open", _("Open the story…"), True)],
        Story.Status.LIVE: [("end", _("End the story…"), True), ("withdraw", _("Withdraw…"), True)],
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


class WithdrawForm(forms.Form):
    """The reason for withdrawing a story."""

    note = forms.CharField(
        label=gettext_lazy("Why, for the record of the newsroom"),
        required=False,
        max_length=Version._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StoryVerbs:
    """The story admin's views for verbs."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        check = post_only(self.check_summary)
        return [
            path("<int:pk>/open/", wrap(self.open_story), name="liveblog_story_open"),
            path("<int:pk>/end/", wrap(self.end_story), name="liveblog_story_end"),
            path("<int:pk>/preview/", wrap(self.preview), name="liveblog_story_preview"),
            path("<int:pk>/editing/", wrap(self.editing), name="liveblog_story_editing"),
            path("<int:pk>/check/", wrap(check), name="liveblog_story_check"),
            path("<int:pk>/withdraw/", wrap(self.withdraw_story), name="liveblog_story_withdraw"),
            *super().get_urls(),
        ]

    def preview(self, request, pk):
        """Show the story as readers would see it, with its drafts."""
        return story_preview(self._story(request, pk, "view"))

    def editing(self, request, pk):
        """Record a heartbeat, and return who else has this story's form open."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        story = self.get_object(request, str(pk))
        may_edit = story is not None and self.has_change_permission(request, story)
        return answer_beat(request, presence.story_key(pk) if may_edit else None, pk)

    def open_story(self, request, pk):
        """Ask which drafts to publish with the story, none by default; then open it."""
        story = self._story(request, pk, "open_story")
        offered = updates_to_open_with(request.user, story)
        if request.method != "POST":
            context = {"offered": offered[:DRAFTS_SHOWN], "title": _("Open the story")}
            return self._ask(request, story, "story_open.html", context)
        chosen = offered.filter(pk__in=filter(is_uuid, request.POST.getlist("update"))).reverse()
        message = _("The story is open: readers see it.")
        return self._do(request, story, message, publishing.open_story, updates=chosen)

    def end_story(self, request, pk):
        """Ask for confirmation, showing what is waiting; then end the story."""
        story = self._story(request, pk, "end_story")
        if request.method != "POST":
            context = {"waiting": count_waiting(story), "title": _("End the story")}
            return self._ask(request, story, "story_end.html", context)
        return self._do(request, story, _("The story is ended."), publishing.end_story)

    def check_summary(self, request, pk):
        story = self._story(request, pk, "edit_story")
        message = _("“What we know” is marked as checked now.")
        return self._do(request, story, message, publishing.check_summary)

    def withdraw_story(self, request, pk):
        """Ask for the reason, then withdraw the story."""
        story = self._story(request, pk, "withdraw_story")
        form = WithdrawForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            context = {"title": _("Withdraw the story"), "form": form}
            return self._ask(request, story, "story_withdraw.html", context)
        message = _("The story is withdrawn: its addresses say so.")
        note = form.cleaned_data["note"]
        return self._do(request, story, message, publishing.withdraw_story, note=note)

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

    def _do(self, request, story, message, verb, **more):
        try:
            verb(story, by=request.user, **more)
            self.message_user(request, message, messages.SUCCESS)
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        return HttpResponseRedirect(self.page_of(story.pk))


def updates_to_open_with(user, story: Story):
    """Return the user's own drafts and all submitted updates, not the drafts of others."""
    own = Q(status=Update.Status.DRAFT, created_by=user.pk)
    offered = story.updates.filter(own | Q(status=Update.Status.SUBMITTED))
    return offered.select_related("created_by").order_by(*LATEST_FIRST)


def is_uuid(text):
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
