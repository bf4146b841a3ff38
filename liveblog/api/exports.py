"""A whole story in a format of somebody's: what `manage.py export_story` writes."""

from typing import Literal

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from liveblog import publishing
from liveblog.interchange.export import FORMATS
from liveblog.interchange.export import export_story as write_story
from liveblog.models import ApiToken, Version

from .auth import find_story, require_scope
from .problems import Problem
from .stories import StorySlug

TYPES = sorted({each.media_type.partition(";")[0] for each in FORMATS.values()})
WHOLE = {"description": "The file.", "content": {kind: {"schema": {}} for kind in TYPES}}

router = Router(tags=["stories"])


@router.get(
    "/stories/{slug:slug}/export",
    summary="Take a story out",
    openapi_extra={"responses": {200: WHOLE}},
)
def export_story(request, slug: StorySlug, format: Literal[tuple(FORMATS)]):
    """`liveblog` holds every state and the history, and is for editors; the others hold what
    readers may see.
    """
    require_scope(request.auth, ApiToken.Scope.READ)
    story = find_story(request.auth, slug)
    if FORMATS[format].is_for_editors:
        publishing.require(request.auth.person, Version.Verb.EDIT_STORY, story)
    elif not story.is_public:
        raise Problem(409, _("Readers see nothing of this story, so there is nothing to take."))
    export = write_story(story, format, by=request.auth.person)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{export.filename}"',
    }
    return StreamingHttpResponse(export.chunks, content_type=export.media_type, headers=headers)
