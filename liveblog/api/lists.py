"""What updates refer to: sources, topics and pictures; and who the caller is."""

from typing import Annotated

from django.conf import settings
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile

from liveblog import publishing
from liveblog.interchange.picture_sizes import PictureError, read_picture
from liveblog.models import ApiToken, Source, Topic
from liveblog.templatetags.newsroom import say

from .answers import MeOut, PictureOut, SourcesOut, TopicsOut
from .auth import require_scope
from .content import source_of
from .data import moment, picture_data, source_data, topic_data
from .fields import NO_NUL, Slug
from .problems import Problem
from .replies import reply

Scope = ApiToken.Scope
MOST = 500

router = Router(tags=["newsroom"])
Words = Annotated[str, Query(description="Words in the name.", max_length=200)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("/sources", response={200: SourcesOut}, summary="List sources")
def list_sources(request, q: Words = "", limit: Limit = 100, offset: Offset = 0):
    return _list(request, Source, "sources", source_data, (q, limit, offset))


@router.get("/topics", response={200: TopicsOut}, summary="List topics")
def list_topics(request, q: Words = "", limit: Limit = 100, offset: Offset = 0):
    return _list(request, Topic, "topics", topic_data, (q, limit, offset))


def _list(request, model, name, write, asked):
    require_scope(request.auth, Scope.READ)
    publishing.require(request.auth.person, "view")
    words, limit, offset = asked
    rows = model.objects.order_by("name", "pk")
    for word in words.replace("\0", "").split():
        rows = rows.filter(name__icontains=word)
    found = list(rows[offset : offset + limit + 1])
    answer = {name: [write(row) for row in found[:limit]], "more": len(found) > limit}
    return reply(answer)


@router.post("/pictures", response={201: PictureOut}, summary="Upload a picture")
def upload_picture(
    request,
    file: File[UploadedFile],
    alt: str = Form("", max_length=500, pattern=NO_NUL),
    is_decorative: bool = Form(False),
    caption: str = Form("", max_length=1000, pattern=NO_NUL),
    credit: Slug | None = Form(None),  # noqa: B008 (how ninja reads forms)
):
    """JPEG, PNG, WebP, AVIF or GIF, up to 20 MB; drawn anew, without its metadata. `credit` is
    a source's slug. The same file with the same words is the same picture.
    """
    require_scope(request.auth, Scope.WRITE)
    person = request.auth.person
    publishing.require(person, "add_picture")
    source = source_of(credit, by=person, field="credit") if credit else None
    try:
        drawn = read_picture(file.read(), most_bytes=settings.PICTURE_MAX_MB * 2**20)
    except PictureError as error:
        raise Problem.of_field("file", say(error.args[0])) from error
    picture = publishing.add_picture(
        drawn, by=person, alt=alt, is_decorative=is_decorative, caption=caption, credit=source
    )
    return reply(picture_data(picture), status=201)


@router.get("/me", response={200: MeOut}, summary="Who this token is")
def who_am_i(request):
    """The token, the person for whom it acts, and their roles now."""
    token = request.auth
    person = token.person
    answer = {
        "token": token.name,
        "scopes": token.scopes,
        "story": token.story and token.story.slug,
        "expires_at": moment(token.expires_at),
        "person": person.get_username(),
        "name": person.get_full_name() or person.get_username(),
        "roles": sorted(publishing.roles_of(person)),
    }
    return reply(answer)
