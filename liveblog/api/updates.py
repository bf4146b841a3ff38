"""Updates: read, written under the caller's id, and moved on by verbs."""

import uuid
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Header, Path, Query, Router

from liveblog import publishing
from liveblog.models import ApiToken, Update

from .answers import UpdateOut, UpdatesOut
from .auth import find_story, require_scope
from .data import update_data
from .preconditions import IfMatch, etag, require_match
from .published import DEFAULT_LIMIT, MOST_LIMIT, conditional, published_updates
from .replies import reply
from .requests import NoteIn, RetractIn, ScheduleIn, UpdateIn
from .stories import StorySlug
from .writing import read_update, write_update

Scope, Status = ApiToken.Scope, Update.Status
KEYS = uuid.UUID("5b7d2f0e-7c0c-4f0e-9f64-2a3d3a4f9d11")  # for ids made of idempotency keys
WRITTEN = {200: UpdateOut, 201: UpdateOut}

router = Router(tags=["updates"])
UpdateId = Annotated[UUID, Path(description="The update's id.")]


@router.get("", response={200: UpdatesOut}, summary="Published updates, changed after a cursor")
def list_updates(
    request,
    slug: StorySlug,
    after: Annotated[str, Query(max_length=80)] = "0",
    limit: Annotated[int, Query(ge=1, le=MOST_LIMIT)] = DEFAULT_LIMIT,
) -> HttpResponse:
    """What became public, changed or was taken down since, in the order of the changes.

    Ask again with the answer's `cursor`, at once where `more` is true. Where `reload` is true
    the cursor is of no use any more: drop what you hold of the story, and begin without one.
    """
    require_scope(request.auth, Scope.READ)
    story = find_story(request.auth, slug)
    return conditional(request, published_updates(story.pk, after, limit))


@router.get("/{id}", response={200: UpdateOut}, summary="Read an update in any state")
def get_update(request, slug: StorySlug, id: UpdateId):
    require_scope(request.auth, Scope.READ)
    return _answer(_find(request, slug, id)[1])


@router.put("/{id}", response=WRITTEN, summary="Create or edit an update under your own id")
def put_update(request, slug: StorySlug, id: UpdateId, payload: UpdateIn, if_match: IfMatch):
    """The same request again changes nothing. An edit names the version that it was made from
    in `If-Match`; where somebody saved since, the answer is 412 and holds both texts.
    """
    story = find_story(request.auth, slug)
    row, is_new = write_update(request.auth, story, id, payload, if_match=if_match)
    return _answer(row, is_new=is_new)


@router.post("", response=WRITTEN, summary="Create an update without an id of your own")
def post_update(
    request,
    slug: StorySlug,
    payload: UpdateIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=255)],
):
    """However often a request with the same key is sent, it makes one update."""
    story = find_story(request.auth, slug)
    id = uuid.uuid5(KEYS, f"{request.auth.pk} {story.pk} {idempotency_key}")
    row, is_new = write_update(request.auth, story, id, payload, if_match=None)
    return _answer(row, is_new=is_new)


@router.post("/{id}/publish", response={200: UpdateOut}, summary="Publish an update")
def publish_update(request, slug: StorySlug, id: UpdateId, if_match: IfMatch):
    return _act(request, slug, id, if_match, publishing.publish)


@router.post("/{id}/submit", response={200: UpdateOut}, summary="Submit a draft to the editors")
def submit_update(request, slug: StorySlug, id: UpdateId, if_match: IfMatch):
    return _act(request, slug, id, if_match, publishing.submit, scope=Scope.WRITE)


@router.post("/{id}/send-back", response={200: UpdateOut}, summary="Send an update back")
def send_update_back(
    request,
    slug: StorySlug,
    id: UpdateId,
    if_match: IfMatch,
    payload: NoteIn = NoteIn(),  # noqa: B008 (nobody changes it)
):
    """Give a submitted or scheduled update back to its writer as a draft, with a note."""
    return _act(request, slug, id, if_match, publishing.send_back, note=payload.note)


@router.post("/{id}/schedule", response={200: UpdateOut}, summary="Schedule an update")
def schedule_update(request, slug: StorySlug, id: UpdateId, payload: ScheduleIn, if_match: IfMatch):
    return _act(request, slug, id, if_match, publishing.schedule, at=payload.scheduled_for)


@router.post("/{id}/unschedule", response={200: UpdateOut}, summary="Unschedule an update")
def unschedule_update(request, slug: StorySlug, id: UpdateId, if_match: IfMatch):
    """Make a scheduled update a draft again."""
    return _act(request, slug, id, if_match, publishing.unschedule)


@router.post("/{id}/retract", response={200: UpdateOut}, summary="Take an update from readers")
def retract_update(
    request,
    slug: StorySlug,
    id: UpdateId,
    if_match: IfMatch,
    payload: RetractIn = RetractIn(),  # noqa: B008 (nobody changes it)
):
    """Its text is gone everywhere; readers see `note`, or nothing `without_trace`."""
    more = {"note": payload.note, "without_trace": payload.without_trace}
    return _act(request, slug, id, if_match, publishing.retract, **more)


@router.post("/{id}/restore", response={200: UpdateOut}, summary="Restore a retracted update")
def restore_update(request, slug: StorySlug, id: UpdateId, if_match: IfMatch):
    return _act(request, slug, id, if_match, publishing.restore)


@router.post("/{id}/pin", response={200: UpdateOut}, summary="Pin an update")
def pin_update(request, slug: StorySlug, id: UpdateId, if_match: IfMatch):
    """Hold it at the top of its story; a pin that was there gives way."""
    return _act(request, slug, id, if_match, publishing.pin)


@router.post("/{id}/unpin", response={200: UpdateOut}, summary="Unpin an update")
def unpin_update(request, slug: StorySlug, id: UpdateId, if_match: IfMatch):
    return _act(request, slug, id, if_match, publishing.unpin)


def _act(request, slug, id, if_match, verb, *, scope=Scope.PUBLISH, **more):
    """Carry out a verb on an update; one whose effect is there already changes nothing."""
    story, person = _find(request, slug, id)[0], request.auth.person
    require_scope(request.auth, scope)
    with publishing.locked_one(story):
        row = read_update(story, id)
        if row.status == Status.SCHEDULED:
            require_scope(request.auth, Scope.PUBLISH)
        if publishing.may(person, verb.__name__, row):
            require_match(row, if_match, current=update_data(row))
        verb(row, by=person, **more)  # refuses whoever may not, and says why
    return _answer(read_update(story, id))


def _find(request, slug, id):
    story = find_story(request.auth, slug)
    return story, read_update(story, id)


def _answer(row, *, is_new=False):
    headers = {"ETag": etag(row)}
    if is_new:
        headers["Location"] = f"/api/v1/stories/{row.story.slug}/updates/{row.pk}"
    return reply(update_data(row), status=201 if is_new else 200, headers=headers)
