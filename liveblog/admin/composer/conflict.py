"""Edit conflicts: what somebody saved meanwhile beside what the editor wrote."""

from dataclasses import dataclass, replace

from django.urls import reverse

from liveblog.editing.versions import Difference, update_differences
from liveblog.models import Story, Update
from liveblog.publishing import UpdateContent, what_happened


@dataclass(frozen=True)
class EditConflict:
    differences: list[Difference]
    what_happened: str
    address: str


def conflict_of(current: Update, form, content: UpdateContent | None) -> EditConflict:
    """Compare the saved row with what the editor wrote, field by field.

    `content` is None where the form could not be read: then headline and text are compared.
    """
    return EditConflict(
        differences=update_differences(current, content or _words_of(form, current)),
        what_happened=what_happened(current),
        address=reverse("admin:liveblog_update_change", args=[current.pk]),
    )


def _words_of(form, current):
    words = {name: form.data.get(name, "") for name in ("headline", "body")}
    return replace(UpdateContent.of(current), **words)


def is_behind(form, current: Update) -> bool:
    """Return whether a submitted form was rendered from an older version than the saved one."""
    made_from = form.data.get("made_from", "")
    return form.is_bound and made_from.isdecimal() and int(made_from) < current.version


def catch_up(form, current: Update | Story) -> None:
    """Base the form's next save on the version that its editor has now been shown."""
    form.data = form.data.copy()
    form.data["made_from"] = current.version
