"""Create or edit an update under the caller's own id, once however often it is sent."""

from uuid import UUID

from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.models import ApiToken, Story, Update
from liveblog.publishing import UpdateContent

from .auth import require_scope, stories_of
from .content import update_content
from .data import update_data
from .preconditions import etag, require_match
from .problems import Problem, not_found
from .requests import UpdateIn

Status, Kind, Scope = Update.Status, Update.Kind, ApiToken.Scope
NOTED = {Kind.CLARIFICATION, Kind.CORRECTION}
BEFORE_READERS = {Status.SCHEDULED, Status.PUBLISHED, Status.RETRACTED}


def write_update(
    token: ApiToken, story: Story, id: UUID, payload: UpdateIn, *, if_match: str | None
) -> tuple[Update, bool]:
    """Bring an update into the state that a request describes; returns it, and whether it is new.

    Everything happens under the story's lock and in one transaction, so of many requests for
    one id one is first. Whoever repeats a request that was carried out gets the present row.
    """
    person = token.person
    with publishing.locked_one(story):
        row = find_update(token, story, id)
        target = payload.status or (row.status if row else Status.DRAFT)
        _require_scopes(token, row, target)
        content = update_content(payload, row, by=person)
        if row is None:
            _require_no_version(if_match)
            _save(Update(id=id, story=story), content, payload, target, by=person)
        elif if_match is None and _was_carried_out_first(row, payload, by=person):
            return row, False
        elif not _is_carried_out(row, content, payload, target):
            _require_version(row, content, if_match)
            _save(row, content, payload, target, by=person)
        _pin(story, id, payload.is_pinned, by=person)
    return read_update(story, id), row is None


def find_update(token: ApiToken, story: Story, id: UUID) -> Update | None:
    """Read an update of a story; an id that a hidden story has is not found."""
    row = Update.objects.filter(pk=id).with_parts().first()
    if row is None:
        return None
    if row.story_id != story.pk:
        if not stories_of(token).filter(pk=row.story_id).exists():
            raise not_found()
        raise Problem(409, _("This id belongs to an update of another story."))
    row.story = story
    return row


def read_update(story: Story, id: UUID) -> Update:
    """Read an update of a story; raises 404 where there is none."""
    row = story.updates.filter(pk=id).with_parts().first()
    if row is None:
        raise not_found()
    row.story = story
    return row


def _require_scopes(token, row, target):
    is_before_readers = target in BEFORE_READERS or (row and row.status in BEFORE_READERS)
    require_scope(token, Scope.PUBLISH if is_before_readers else Scope.WRITE)


def _is_carried_out(row, content, payload, target) -> bool:
    """Tell whether the row holds what a request wants already."""
    moments = [(payload.published_at, row.published_at), (payload.scheduled_for, row.scheduled_for)]
    return (
        row.status == target
        and not _adds_note(row, payload)
        and content == UpdateContent.of(row)
        and all(wanted in (None, present) for wanted, present in moments)
    )


def _adds_note(row, payload) -> bool:
    """Return whether a request asks for something that readers do not see yet."""
    note = (payload.note or "").strip()
    if not (row.is_published and payload.kind in NOTED and note):
        return False
    return (payload.kind, note) not in {(each.kind, each.note) for each in row.corrections.all()}


def _was_carried_out_first(row, payload, *, by) -> bool:
    """Tell whether a request is the one that made the row, sent again by who lost the answer.

    The text may have been edited on the desk since: it stays as it is.
    """
    first = row.versions.filter(version=1).first()
    return (
        first is not None
        and not _adds_note(row, payload)
        and first.content["status"] == (payload.status or Status.DRAFT)
        and publishing.read_update(first) == update_content(payload, None, by=by)
    )


def _require_no_version(if_match):
    if if_match is not None:
        raise Problem(412, _("There is no such update yet: leave If-Match out."))


def _require_version(row, content, if_match):
    """Refuse an edit that does not know the present text, and say both texts."""
    if content == UpdateContent.of(row) and if_match is None:
        return
    attempted = {"headline": content.headline, "body": content.body}
    texts = {"current": update_data(row), "attempted": attempted}
    require_match(row, if_match, **texts)
    if if_match is None:
        reason = _("This update exists with another text. Send its ETag in If-Match to edit it.")
        raise Problem(409, reason, headers={"ETag": etag(row)}, **texts)


def _save(update, content, payload, target, *, by):
    """Carry out the verb that leads from the update's state to the wanted one."""
    _require_use_of_moment(update, payload, target)
    if update.status == Status.PUBLISHED:
        _edit(update, content, payload, target, by=by)
    elif target == Status.PUBLISHED or update.status == Status.RETRACTED:
        publishing.publish(update, by=by, content=content)
    elif target == Status.SCHEDULED:
        at = payload.scheduled_for or update.scheduled_for
        if at is None:
            raise Problem.of_field("scheduled_for", _("Say when it is to be published."))
        publishing.schedule(update, by=by, at=at, content=content)
    elif target == Status.SUBMITTED and update.status != Status.SCHEDULED:
        publishing.submit(update, by=by, content=content)
    else:
        _save_draft(update, content, payload, target, by=by)


def _require_use_of_moment(update, payload, target):
    """Refuse a moment that would be ignored; the one that was read may be sent back."""
    is_asked = payload.scheduled_for not in (None, update.scheduled_for)
    if is_asked and target != Status.SCHEDULED:
        reason = _("Give it with the status “scheduled” only.")
        raise Problem.of_field("scheduled_for", reason)


def _edit(update, content, payload, target, *, by):
    if target != Status.PUBLISHED:
        raise Problem(409, _("The update is published: it can be edited or retracted."))
    is_given = payload.kind not in (None, Kind.NEW)
    kind = payload.kind if is_given else Kind.INFORMATION
    publishing.edit(update, content, by=by, kind=kind, note=payload.note or "")


def _save_draft(update, content, payload, target, *, by):
    """Save the text, and take back what was scheduled or submitted where a draft is wanted."""
    if target == Status.DRAFT and update.status == Status.SCHEDULED:
        publishing.unschedule(update, by=by, content=content)
        return
    if target == Status.DRAFT and update.status == Status.SUBMITTED:
        publishing.send_back(update, by=by, note=payload.note or "")
    elif target == Status.SUBMITTED:
        raise Problem(409, _("The update is scheduled: unschedule it first."))
    publishing.save_draft(update, content, by=by)


def _pin(story, id, is_pinned, *, by):
    if is_pinned is None:
        return
    row = story.updates.get(pk=id)
    if is_pinned and not row.is_published:
        raise Problem.of_field("is_pinned", _("Only a published update can be pinned."))
    if is_pinned != row.is_pinned:
        (publishing.pin if is_pinned else publishing.unpin)(row, by=by)
