"""What one key or click on a row does: each a verb of `publishing`, on one update or several."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.models import Story, Update
from liveblog.publishing import Forbidden, Invalid

from .content import note_of

MOST_AT_ONCE = 200


def _mark(update, *, by, sent):
    return publishing.mark_key_event(update, by=by)


def _unmark(update, *, by, sent):
    return publishing.mark_key_event(update, by=by, is_key_event=False)


def _retract(update, *, by, sent):
    without_trace = sent.get("without_trace") is True
    return publishing.retract(update, by=by, note=note_of(sent), without_trace=without_trace)


def _send_back(update, *, by, sent):
    return publishing.send_back(update, by=by, note=note_of(sent))


def _simple(name: str) -> Callable:
    return lambda update, *, by, sent: getattr(publishing, name)(update, by=by)


VERBS: dict[str, Callable] = {
    "mark": _mark,
    "unmark": _unmark,
    "retract": _retract,
    "send_back": _send_back,
    "delete": _simple("delete_draft"),
    **{name: _simple(name) for name in ("pin", "unpin", "restore", "undo", "unschedule")},
}


def act(verb: str, id: UUID, story: Story, sent: dict, *, by) -> Update | None:
    """Carry out a verb on an update of the story; None where it is gone after it."""
    if verb not in VERBS:
        raise Invalid({"verb": [_("The desk does not know this command.")]})
    return VERBS[verb](Update(id=id, story=story), by=by, sent=sent)


def retract_all(ids: list, story: Story, sent: dict, *, by) -> list[dict]:
    """Retract several updates in one step; tells of each whether it was."""
    if not isinstance(ids, list) or len(ids) > MOST_AT_ONCE:
        raise Invalid({"ids": [_("At most %(most)d, please.") % {"most": MOST_AT_ONCE}]})
    meant = {id: _uuid(id) for id in map(str, ids)}
    of_story = story.updates.filter(pk__in=filter(None, meant.values())).order_by()
    known = set(of_story.values_list("pk", flat=True))
    without_trace = sent.get("without_trace") is True
    try:
        outcome = publishing.retract_all(
            known, by=by, note=note_of(sent), without_trace=without_trace
        )
    except Forbidden as refusal:
        return [{"id": id, "error": str(refusal)} for id in meant]
    return [_outcome_of(id, key, outcome) for id, key in meant.items()]


def _outcome_of(id, key, outcome) -> dict:
    if key in outcome.done:
        return {"id": id}
    gone = _("This update does not exist any more.")
    return {"id": id, "error": str(outcome.refused.get(key, gone))}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
