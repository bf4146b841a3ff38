"""What a person may do to an update from its row: each action by its own right."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from liveblog.models import Update
from liveblog.publishing import may

Status = Update.Status


@dataclass(frozen=True)
class Action:
    """An action's verb, its button, its key, and the right that it needs."""

    verb: str
    label: str
    key: str
    right: str
    is_first: bool = False


def actions_on(user, update: Update) -> list[Action]:
    history = Action("history", _("History"), "H", "view")
    offered = [*_ON[update.status](user, update), history]
    is_open = update.story.is_public
    return [
        each
        for each in offered
        if (is_open or each.right != "publish") and may(user, each.right, update)
    ]


def _on_draft(user, update):
    is_editor = may(user, "publish", update)
    submit = Action("submit", _("Submit"), "P", "submit", is_first=True)
    edit, publish = _edit(), Action("publish", _("Publish"), "P", "publish")
    delete = [] if update.number else [_delete()]
    return [*([edit, publish] if is_editor else [submit, edit]), *delete]


def _on_submitted(user, update):
    if not may(user, "publish", update):
        return [_edit(), _delete()]
    publish = Action("publish", _("Publish"), "P", "publish", is_first=True)
    return [publish, _edit(), *_send_back(user, update)]


def _on_scheduled(user, update):
    publish = Action("publish", _("Publish now"), "P", "publish")
    unschedule = Action("unschedule", _("Unschedule"), "U", "unschedule")
    return [_edit(), publish, unschedule, *_send_back(user, update)]


def _on_published(_user, update):
    pin = ("unpin", _("Unpin")) if update.is_pinned else ("pin", _("Pin"))
    mark = ("unmark", _("No key event")) if update.is_key_event else ("mark", _("Key event"))
    return [
        Action("edit", _("Edit"), "E", "edit"),
        Action("correct", _("Correct"), "C", "correct"),
        Action(*pin, "P", pin[0]),
        Action(*mark, "M", "mark_key_event"),
        Action("retract", _("Retract"), "R", "retract"),
    ]


def _on_retracted(_user, _update):
    return [Action("restore", _("Put back"), "P", "restore")]


_ON = {
    Status.DRAFT: _on_draft,
    Status.SUBMITTED: _on_submitted,
    Status.SCHEDULED: _on_scheduled,
    Status.PUBLISHED: _on_published,
    Status.RETRACTED: _on_retracted,
}


def _edit():
    return Action("edit", _("Edit"), "E", "save_draft")


def _delete():
    return Action("delete", _("Delete draft"), "D", "delete_draft")


def _send_back(user, update):
    """Nobody sends an update back to themselves."""
    is_own = update.created_by_id == user.pk
    return [] if is_own else [Action("send_back", _("Send back"), "B", "send_back")]
