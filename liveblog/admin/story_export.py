"""Export a story: a page with a file to download for each format."""

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog.interchange.export import FORMATS, UnknownFormat, export_story
from liveblog.models import Version
from liveblog.publishing import PublishingError, may

WHAT = {
    "liveblog": (
        _("Our own export"),
        _("Everything: drafts, history, corrections, pictures. Comes back as it was."),
    ),
    "liveblogposting": (
        "LiveBlogPosting",
        _("JSON-LD as search engines read it, with all updates."),
    ),
    "ninjs": ("ninjs 3.1", _("As news agencies exchange it.")),
    "wordpress": (_("WordPress export"), _("WXR, for the Liveblog plugin.")),
    "html": (_("Web page"), _("Needs no other file: for an archive, or to print.")),
    "text": (_("Text"), _("A plain document that can be read back.")),
}


class StoryExport:
    """The story admin's page of exports."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.take_out)
        return [
            path("<int:pk>/take-out/", view, name="liveblog_story_take_out"),
            *super().get_urls(),
        ]

    def take_out(self, request, pk):
        story = self.find(request, pk)
        refusal = ""
        if wanted := request.GET.get("format"):
            try:
                return _download(export_story(story, wanted, by=request.user))
            except (UnknownFormat, PublishingError) as error:
                refusal = str(error)
        elif request.method != "GET":
            raise PermissionDenied
        frame = self.admin_site.each_context(request)
        context = {
            "title": gettext("Take this story out"),
            "story": story,
            "opts": self.opts,
            "refusal": refusal,
            "formats": [
                {"name": name, "label": label, "what": what}
                for name, (label, what) in WHAT.items()
                if _may_have(request.user, story, FORMATS[name])
            ],
        }
        return TemplateResponse(request, "admin/liveblog/story_export.html", frame | context)


def _may_have(user, story, format):
    if format.is_for_editors:
        return may(user, Version.Verb.EDIT_STORY, story)
    return story.is_public


def _download(export):
    return StreamingHttpResponse(
        export.chunks,
        content_type=export.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{export.filename}"',
            "Cache-Control": "private, no-store",
        },
    )
