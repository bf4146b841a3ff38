"""Verify or retract the updates that cite a source, in one step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.translation import ngettext

from liveblog import publishing
from liveblog.models import Attribution, Source, Update
from liveblog.publishing import PublishingError, may

from .bulk_retract import tell_retracted
from .post_only import post_only
from .story_verbs import is_uuid


def cited_by(source: Source):
    """Return the ids of the updates that cite a source; a join would sort whole rows twice."""
    return Attribution.objects.filter(source=source).order_by().values("update")


class SourceUpdates:
    """The source admin's view for the updates that cite a source."""

    def get_urls(self):
        view = self.admin_site.admin_view(post_only(self.change_chosen))
        return [path("<int:pk>/deal/", view, name="liveblog_source_deal"), *super().get_urls()]

    def change_chosen(self, request, pk):
        """Change the verification of the chosen updates, or retract each of them."""
        source = self.find(request, pk)
        if not may(request.user, "verify"):
            raise PermissionDenied
        chosen = self._chosen(request, source)
        try:
            if "_retract" in request.POST:
                self._retract(request, chosen)
            else:
                self._verify(request, chosen)
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        return HttpResponseRedirect(self.page_of(pk))

    def _chosen(self, request, source: Source):
        resting = Update.objects.filter(pk__in=cited_by(source))
        if request.POST.get("which") == "all":
            return resting
        return resting.filter(pk__in=filter(is_uuid, request.POST.getlist("update")))

    def _verify(self, request, chosen):
        count = publishing.verify(
            chosen.values_list("pk", flat=True),
            by=request.user,
            verification=request.POST.get("verification", ""),
        )
        message = ngettext("%(count)s update is marked.", "%(count)s updates are marked.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)

    def _retract(self, request, chosen):
        on_air = chosen.filter(status=Update.Status.PUBLISHED)
        ids = list(on_air.values_list("pk", flat=True))
        outcome = publishing.retract_all(ids, by=request.user, note=request.POST.get("note", ""))
        tell_retracted(self, request, outcome)
