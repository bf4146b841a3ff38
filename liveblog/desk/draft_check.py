"""Check what is being written: warnings, and a preview in the readers' templates."""

from uuid import UUID

from django.views.decorators.http import require_POST

from liveblog.editing.previews import draft_preview
from liveblog.editing.warnings import warnings_of
from liveblog.models import Story, Update
from liveblog.publishing import require_pictures

from .content import read_content
from .guard import answer, desk_view, read_json


@require_POST
@desk_view
def check_draft(request, story: Story, id: UUID):
    """Answer the warnings of what was written, and its preview where that is asked for."""
    request.is_beat = True
    sent = read_json(request)
    content = read_content(sent.get("content"), story, by=None)
    checked = {"warnings": [], "preview": ""}
    if content.is_empty:
        return answer(checked)
    require_pictures(request.user, content.pictures)
    checked["warnings"] = warnings_of(Update(id=id, story=story), content)
    if sent.get("preview") is True:
        loaded = Story.objects.with_parts().get(pk=story.pk)
        checked["preview"] = draft_preview(Update(id=id, story=loaded), content)
    return answer(checked)
