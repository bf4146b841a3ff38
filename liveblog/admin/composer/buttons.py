"""The composer's buttons: which there are for whom, and what pressing one does."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.editing.states import clock
from liveblog.models import Story, Update
from liveblog.publishing import UpdateContent, may


@dataclass(frozen=True)
class Button:
    name: str
    label: str
    is_primary: bool = False
    asks_for_time: bool = False


def for_update(user, update: Update | None, story: Story | None) -> list[Button]:
    """Return the buttons for the state of things, the primary one first."""
    if update and update.is_published:
        return [Button("_edit", _("Save changes"), is_primary=True)]
    if update and update.status == Update.Status.RETRACTED:
        return []
    draft = Button("_draft", _("Save draft"))
    if not may(user, "publish", update or story):
        return [Button("_submit", _("Submit"), is_primary=True), draft]
    if story and not story.is_public:
        return [Button("_draft", _("Save draft"), is_primary=True)]
    schedule = Button("_schedule", _("Schedule"), asks_for_time=True)
    return [Button("_publish", _("Publish"), is_primary=True), draft, schedule]


def press(pressed, update: Update, content: UpdateContent, form, *, by) -> Update:
    """Carry out the verb of the pressed button; without a known one the text is kept as a draft."""
    made_from = form.cleaned_data["made_from"]
    if "kind_of_edit" in form.cleaned_data:
        kind, note = form.cleaned_data["kind_of_edit"], form.cleaned_data["note"]
        return publishing.edit(update, content, by=by, version=made_from, kind=kind, note=note)
    if "_schedule" in pressed:
        at = form.cleaned_data["schedule_at"]
        return publishing.schedule(update, by=by, at=at, content=content, version=made_from)
    verb = publishing.save_draft
    if "_publish" in pressed:
        verb = publishing.publish
    elif "_submit" in pressed:
        verb = publishing.submit
    saved = verb(update, by=by, content=content, version=made_from)
    if "_publish" in pressed and form.cleaned_data["pin"]:
        return publishing.pin(saved, by=by)
    return saved


def pressed_among(pressed, buttons: list[Button]) -> Button:
    """Return the button that was pressed; after a conflict the same one keeps the editor's text."""
    found = [each for each in buttons if each.name in pressed]
    fitting = [each for each in buttons if each.name in {"_edit", "_draft"}]
    return (found or fitting or buttons)[0]


def told(pressed, update: Update) -> str:
    """Say what happened."""
    if "_schedule" in pressed:
        time, zone = clock(update.scheduled_for, update.story), update.story.timezone
        return _("Scheduled for {time} ({zone}).").format(time=time, zone=zone)
    if "_submit" in pressed:
        return _("Submitted: an editor will read it.")
    if "_edit" in pressed:
        return _("The changes are published.")
    return _("The draft is saved.")
