"""The composer's buttons: which there are for whom, in the state that an update is in."""

from django.utils.translation import gettext as _

from liveblog.editing.states import clock
from liveblog.models import Story, Update
from liveblog.publishing import may

Status = Update.Status
SEND, DRAFT = "Ctrl+Enter", "Ctrl+S"


def buttons_of(user, story: Story, update: Update | None) -> list[dict]:
    """Return the buttons of a new or saved update, the primary one first."""
    status = update.status if update else Status.DRAFT
    if status == Status.RETRACTED or not may(user, "save_draft", update or story):
        return []
    if not may(user, "publish", update or story):
        return _reporters(status)
    if status == Status.PUBLISHED:
        return [_button("edit", _("Save changes"), SEND, is_primary=True)]
    if not story.is_public:
        return [_button("save_draft", _("Save draft"), SEND, is_primary=True)]
    send_back = [_send_back()] if update and update.created_by_id != user.pk else []
    if status == Status.SCHEDULED:
        return _of_scheduled(clock(update.scheduled_for, story), send_back=send_back)
    schedule = _button("schedule", _("Schedule"), asks_for_time=True)
    publish = _button("publish", _("Publish"), SEND, is_primary=True)
    if status == Status.SUBMITTED:
        return [publish, _button("save_draft", _("Save"), DRAFT), schedule, *send_back]
    return [publish, _button("save_draft", _("Save draft"), DRAFT), schedule]


def _reporters(status):
    if status == Status.SUBMITTED:
        return [_button("save_draft", _("Save"), SEND, is_primary=True)]
    if status != Status.DRAFT:
        return []
    return [
        _button("submit", _("Submit"), SEND, is_primary=True),
        _button("save_draft", _("Save draft"), DRAFT),
    ]


def _of_scheduled(time, *, send_back):
    """What is held stays held: the first button saves, and says for when it is scheduled."""
    save = _("Save (stays scheduled for {time})").format(time=time)
    return [
        _button("save_draft", save, DRAFT, is_primary=True),
        _button("publish", _("Publish now")),
        _button("schedule", _("Reschedule"), asks_for_time=True),
        _button("unschedule", _("Unschedule")),
        *send_back,
    ]


def _send_back():
    return _button("send_back", _("Send back"))


def _button(verb, label, key="", *, is_primary=False, asks_for_time=False) -> dict:
    return {
        "verb": verb,
        "label": label,
        "key": key,
        "is_primary": is_primary,
        "asks_for_time": asks_for_time,
    }
