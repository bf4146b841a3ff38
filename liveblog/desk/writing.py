"""What the desk writes: attempts from the outbox, and what one key does to rows."""

from uuid import UUID

from django.views.decorators.http import require_POST

from liveblog.editing import presence
from liveblog.models import Story
from liveblog.publishing import Conflict, Refused, locked_one, may
from liveblog.queries.desk_rows import find_row
from liveblog.queries.plain_sql import find_story
from liveblog.queries.update_parts import load_parts

from . import row_verbs, sending
from .guard import answer, desk_view, read_json
from .passwords import require_password
from .reading import update_data
from .rows import RowRenderer


@require_POST
@desk_view
def send(request, story: Story, id: UUID):
    """Carry out an attempt; the answer tells the update as it is saved."""
    sent = read_json(request)
    try:
        saved = sending.send(id, story, sent, by=request.user)
    except Conflict as refusal:
        return answer(sending.conflict_data(refusal, story, request.user), 409)
    first = sending.published_by_another(saved, sent, by=request.user)
    load_parts([saved])
    is_back = sent.get("version") is not None and sending.was_deleted(saved)
    outcome = {"published_by": first, "was_deleted": is_back}
    return answer({**_row_data(request, saved), **outcome})


@require_POST
@desk_view
def ask_done(request, story: Story, id: UUID):
    """Answer whether an attempt whose sending was cut off took effect; waits for it to end."""
    with locked_one(story):  # a verb that is under way holds or awaits this lock
        done = sending.find_done(id, story, read_json(request), by=request.user)
    return answer({"done": done is not None, **(_saved(request, story, id) if done else {})})


@require_POST
@desk_view
def act(request, story: Story, id: UUID, verb: str):
    """Carry out what one key or click on a row does."""
    sent = read_json(request)
    require_password(request, sent)
    row_verbs.act(verb, id, story, sent, by=request.user)
    return answer(_saved(request, story, id))


@require_POST
@desk_view
def retract_all(request, story: Story):
    """Retract several updates with one note."""
    sent = read_json(request)
    require_password(request, sent)
    retracted = row_verbs.retract_all(sent.get("ids"), story, sent, by=request.user)
    return answer({"retracted": retracted}, 200 if may(request.user, "retract", story) else 403)


@require_POST
@desk_view
def editing(request, story: Story, id: UUID):
    """Note who has an update open: `{"state": "open" | "closed" | "taken", "unsaved": …}`."""
    request.is_beat = True
    sent = read_json(request)
    state = sent.get("state")
    found = story.updates.filter(pk=id).first()
    if found is None:
        return answer({})
    found.story = story
    if not may(request.user, "edit" if found.is_published else "save_draft", found):
        raise Refused("")
    if state == "closed":
        presence.leave(id, request.user)
    elif state == "taken":
        presence.take_over(id, request.user, story.pk)
    else:
        presence.beat(id, request.user, story.pk, is_unsaved=sent.get("unsaved") is True)
    return answer({})


@require_POST
@desk_view
def editing_story(request, story: Story):
    """Note who has the story's own texts open, on a desk as in the admin's form."""
    request.is_beat = True
    if not may(request.user, "edit_story", story):
        raise Refused("")
    sent, key = read_json(request), presence.story_key(story.pk)
    if sent.get("state") == "closed":
        presence.leave(key, request.user)
    else:
        unsaved = sent.get("unsaved") is True
        presence.beat(key, request.user, story.pk, is_unsaved=unsaved)
    return answer({})


def _saved(request, story, id) -> dict:
    story = find_story(story.pk)
    found = find_row(story, id)
    return _row_data(request, found) if found else {"id": str(id), "status": "deleted"}


def _row_data(request, update) -> dict:
    if update.created_by_id == request.user.pk:
        update.created_by = request.user
    row = RowRenderer(update.story, request.user).data(update)
    return {**row, "update": update_data(update, request.user)}
