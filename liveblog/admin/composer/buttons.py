"""The composer's buttons: which ones a user gets, and which verb each calls."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.editing.states import clock
from liveblog.models import Story, Update
from liveblog.publishing import UpdateContent, may

Status = Update.Status


@dataclass(frozen=True)
class Button:
    """A button; `asks_for` is the field that it opens first: "time", "note" or nothing."""

    name: str
    label: str
    is_primary: bool = False
    asks_for: str = ""
    summary: str = ""


def for_update(user, update: Update | None, story: Story | None) -> list[Button]:
    """Return the user's buttons for an update; each is named after the state it leads to."""
    status = update.status if update else Status.DRAFT
    if status == Status.PUBLISHED and may(user, "edit", update):
        return [Button("_edit", _("Save changes"), is_primary=True)]
    if status not in Update.WAITING:
        return []
    if not may(user, "publish", update or story):
        return _for_reporter(status)
    if story and not story.is_public:
        return _in_closed_story(update, status)
    if status == Status.SCHEDULED:
        return _for_scheduled(update)
    send_back = [_send_back()] if status == Status.SUBMITTED else []
    publish = Button("_publish", _("Publish"), is_primary=True)
    return [publish, _save(status), _schedule(), *send_back]


def _for_reporter(status):
    if status == Status.SUBMITTED:
        return [_save(status, is_primary=True)]
    return [Button("_submit", _("Submit"), is_primary=True), _save(status)]


def _in_closed_story(update, status):
    if status == Status.SCHEDULED:
        return [_save_scheduled(update), Button("_unschedule", _("Unschedule"))]
    send_back = [_send_back()] if status == Status.SUBMITTED else []
    return [_save(status, is_primary=True), *send_back]


def _for_scheduled(update):
    """Put "keep scheduled" first: Ctrl+Enter must not publish a scheduled update."""
    reschedule = Button("_schedule", _("Reschedule"), asks_for="time", summary=_("Reschedule…"))
    return [
        Button("_publish", _("Publish now")),
        _save_scheduled(update),
        Button("_unschedule", _("Unschedule")),
        reschedule,
    ]


def _save(status, *, is_primary=False):
    label = _("Save draft") if status == Status.DRAFT else _("Save (stays submitted)")
    return Button("_draft", label, is_primary=is_primary)


def _save_scheduled(update):
    time = clock(update.scheduled_for, update.story)
    label = _("Save (stays scheduled for {time})").format(time=time)
    return Button("_draft", label, is_primary=True)


def _schedule():
    return Button("_schedule", _("Schedule"), asks_for="time", summary=_("Schedule…"))


def _send_back():
    return Button("_send_back", _("Send back"), asks_for="note", summary=_("Send back…"))


def press(pressed, update: Update, content: UpdateContent, form, *, by) -> Update:
    """Call the verb of the pressed button; save the text where no known one was pressed."""
    written, made_from = form.cleaned_data, form.cleaned_data["made_from"]
    if "_copy" in pressed:
        return publishing.save_draft(_copy_of(update), content, by=by, version=0)
    if "kind_of_edit" in written:
        kind, note = written["kind_of_edit"], written["note"]
        return publishing.edit(update, content, by=by, version=made_from, kind=kind, note=note)
    if "_schedule" in pressed:
        at = written["schedule_at"]
        return publishing.schedule(update, by=by, at=at, content=content, version=made_from)
    if is_held(pressed):
        at = timezone.now() + timedelta(seconds=settings.PUBLISH_DELAY)
        return publishing.schedule(update, by=by, at=at, content=content, version=made_from)
    named = [verb for name, verb in _VERBS.items() if name in pressed]
    verb = named[0] if named else publishing.save_draft
    saved = verb(update, by=by, content=content, version=made_from)
    if "_send_back" in pressed:
        return publishing.send_back(saved, by=by, note=written["send_back_note"])
    if "_publish" in pressed and written["pin"]:
        return publishing.pin(saved, by=by)
    return saved


def is_held(pressed) -> bool:
    """Return whether Publish schedules: without scripts there is no outbox to cancel in."""
    return "_publish" in pressed and settings.PUBLISH_DELAY > 0


_VERBS = {
    "_publish": publishing.publish,
    "_submit": publishing.submit,
    "_unschedule": publishing.unschedule,
}
COPY = "_copy"


def _copy_of(update):
    """Return the new draft for an editor's text that can't be saved to the update any more.

    Its id is derived from the update's, so a form that is sent twice makes one draft.
    """
    return Update(id=uuid.uuid5(update.pk, COPY), story=update.story)


def pressed_among(pressed, buttons: list[Button]) -> Button:
    """Return the button that was pressed; after a conflict the same one keeps the editor's text."""
    found = [each for each in buttons if each.name in pressed]
    fitting = [each for each in buttons if each.name in {"_edit", "_draft"}]
    copy = Button(COPY, _("Save mine as a new draft"))
    return (found or fitting or [copy])[0]


def outcome_message(pressed, update: Update) -> str:
    """Return the success message for a pressed button."""
    if is_held(pressed):
        return _held_message(update)
    if update.status == Status.SCHEDULED:
        at = {"time": clock(update.scheduled_for, update.story), "zone": update.story.timezone}
        if "_schedule" in pressed:
            return _("Scheduled for {time} ({zone}).").format(**at)
        return _("Saved. It stays scheduled for {time} ({zone}).").format(**at)
    if update.status == Status.SUBMITTED:
        is_new = "_submit" in pressed
        return (
            _("Submitted: an editor will read it.") if is_new else _("Saved. It stays submitted.")
        )
    if update.status == Status.PUBLISHED:
        return _("The changes are published.")
    if "_send_back" in pressed:
        return _("Sent back: it is a draft again, and its writer reads your note.")
    if "_unschedule" in pressed:
        return _("Unscheduled: it is a draft now, and stays one until somebody publishes it.")
    return _("The draft is saved. Readers do not see it.")


def _held_message(update):
    at = timezone.localtime(update.scheduled_for, update.story.zone)
    return _(
        "It goes on air at {time} ({zone}). Until then, Unschedule takes it back as a draft."
    ).format(time=date_format(at, "H:i:s"), zone=update.story.timezone)
