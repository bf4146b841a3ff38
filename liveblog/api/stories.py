"""Stories: read, made, changed, opened, ended and withdrawn."""

from typing import Annotated, Literal

from django.db import transaction
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from liveblog import publishing
from liveblog.models import ApiToken, Story, Update

from .answers import StoriesOut, StoryOut
from .auth import find_story, require_scope, stories_of
from .content import story_content
from .data import story_data
from .preconditions import IfMatch, etag, require_match
from .problems import Problem
from .replies import reply
from .requests import NewStoryIn, NoteIn, OpenIn, StoryIn

Scope = ApiToken.Scope
MOST = 500

router = Router(tags=["stories"])
StorySlug = Annotated[
    str, Path(description="A story's address, or one that it had before.", max_length=80)
]


@router.get("", response={200: StoriesOut}, summary="List stories")
def list_stories(
    request,
    status: Literal[tuple(Story.Status.values)] | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
):
    """The stories that the token may see, the latest updated first."""
    require_scope(request.auth, Scope.READ)
    stories = stories_of(request.auth).latest_first()
    if status:
        stories = stories.filter(status=status)
    rows = list(_with_parts(stories)[offset : offset + limit + 1])
    found = [story_data(story) for story in rows[:limit]]
    return reply({"stories": found, "more": len(rows) > limit})


@router.get("/{slug:slug}", response={200: StoryOut}, summary="Read a story")
def read_story(request, slug: StorySlug):
    require_scope(request.auth, Scope.READ)
    return _answer(find_story(request.auth, slug))


@router.post("", response={201: StoryOut}, summary="Make a draft story")
def make_story(request, payload: NewStoryIn):
    require_scope(request.auth, Scope.MANAGE)
    if request.auth.story_id:
        raise Problem(403, _("This token is for one story: it makes no others."))
    publishing.require(request.auth.person, "create_story")
    _require_status(payload, Story.Status.DRAFT)
    with transaction.atomic():
        content = story_content(payload, None, by=request.auth.person)
        story = publishing.create_story(content, by=request.auth.person)
    return _answer(story, status=201)


@router.patch("/{slug:slug}", response={200: StoryOut}, summary="Change a story's own parts")
def change_story(request, slug: StorySlug, payload: StoryIn, if_match: IfMatch):
    """What is left out stays as it is; `If-Match` refuses an edit from an older version."""
    story, person = _to_manage(request, slug, "edit_story")
    with publishing.locked_one(story) as row:
        _require_status(payload, row.status)
        content = story_content(payload, row, by=person)
        attempted = {name: getattr(content, name) for name in ("headline", "introduction")}
        if content != publishing.StoryContent.of(row):
            require_match(row, if_match, current=story_data(row), attempted=attempted)
        saved = publishing.edit_story(row, content, by=person)
    return _answer(saved)


@router.post("/{slug:slug}/open", response={200: StoryOut}, summary="Open or reopen a story")
def open_story(request, slug: StorySlug, payload: OpenIn = OpenIn()):  # noqa: B008 (immutable)
    """Readers see it from now on, and the drafts that are named."""
    story, person = _to_manage(request, slug, "open_story")
    if payload.updates:
        require_scope(request.auth, Scope.PUBLISH)
    with publishing.locked_one(story):
        waiting = _waiting(story, payload.updates)
        opened = publishing.open_story(story, by=person, updates=waiting)
    return _answer(opened)


@router.post("/{slug:slug}/end", response={200: StoryOut}, summary="End a story")
def end_story(request, slug: StorySlug):
    story, person = _to_manage(request, slug, "end_story")
    return _answer(publishing.end_story(story, by=person))


@router.post("/{slug:slug}/withdraw", response={200: StoryOut}, summary="Withdraw a story")
def withdraw_story(request, slug: StorySlug, payload: NoteIn = NoteIn()):  # noqa: B008
    """Every public address of it answers 410 from now on."""
    story, person = _to_manage(request, slug, "withdraw_story")
    return _answer(publishing.withdraw_story(story, by=person, note=payload.note))


def _waiting(story, ids):
    """Return the updates of a story that are named and not published yet, each once."""
    found = Update.objects.filter(story=story).in_bulk(ids)
    missing = [str(id) for id in ids if id not in found]
    if missing:
        reason = _("The story has no update %(id)s.") % {"id": missing[0]}
        raise Problem.of_field("updates", reason)
    return [found[id] for id in dict.fromkeys(ids) if not found[id].is_published]


def _to_manage(request, slug, verb):
    """Find a story to do something to; says 404 before 403."""
    story = find_story(request.auth, slug)
    require_scope(request.auth, Scope.MANAGE)
    publishing.require(request.auth.person, verb, story)
    return story, request.auth.person


def _require_status(payload, present):
    """Let callers send back the status that they read; refuse another, which a verb sets."""
    if payload.status not in (None, present):
        reason = _("The status is “%(status)s”. POST to …/open, …/end or …/withdraw to change it.")
        raise Problem.of_field("status", reason % {"status": present})


def _with_parts(stories):
    return stories.prefetch_related("bylines__person", "topics")


def _answer(story, *, status=200):
    row = _with_parts(Story.objects.filter(pk=story.pk)).get()
    headers = {"ETag": etag(row)}
    if status == 201:
        headers["Location"] = f"/api/v1/stories/{row.slug}"
    return reply(story_data(row), status=status, headers=headers)
