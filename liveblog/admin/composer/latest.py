"""The list of a story's last updates beside the composer, with one-click verbs."""

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from liveblog.editing.states import clock, state_of
from liveblog.models import Story, Update
from liveblog.publishing import may

from ..home import edit_address
from ..story_verbs import LATEST_FIRST

SHOWN = 10


@dataclass(frozen=True)
class Row:
    """An update of the list; `links` lead to a form, `verbs` take effect at once."""

    update: Update
    state: str
    address: str
    time: str = ""
    links: list = field(default_factory=list)
    verbs: list = field(default_factory=list)
    retract_url: str = ""


def latest_of(user, story: Story) -> list[Row]:
    """Return the story's last updates with what the user may do to each."""
    is_editor = may(user, "publish")
    updates = story.updates.order_by(*LATEST_FIRST)[:SHOWN]
    return [_row(each, is_editor=is_editor) for each in updates]


def _row(update, *, is_editor):
    at = update.published_at
    page = edit_address(update)
    row = Row(update, state_of(update), page, clock(at, update.story) if at else "")
    if not is_editor or update.status == Update.Status.RETRACTED:
        return row
    row.links.append((page, _("Edit")))
    if not update.is_published:
        return row
    row.links.append((f"{page}&kind={Update.Kind.CORRECTION}", _("Correct")))
    pin = ("unpin", _("Unpin")) if update.is_pinned else ("pin", _("Pin"))
    row.verbs.append((_address(pin[0], update), pin[1]))
    return replace(row, retract_url=_address("retract", update))


def _address(verb, update):
    return reverse(f"admin:liveblog_update_{verb}", args=[update.pk])
