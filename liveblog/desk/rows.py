"""A row of the timeline: an update with its state, its marks and what the user may do to it."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from liveblog.accounts import name_of
from liveblog.editing.states import marks_of
from liveblog.models import Story, Update
from liveblog.publishing import may
from liveblog.queries.desk_rows import GROUPS, Key
from liveblog.richtext import picture_source, to_plain_text

from .row_actions import Action, actions_on

WORDS = 220  # characters of an update's text in its row
Status = Update.Status


@dataclass(frozen=True)
class Row:
    update: Update
    group: str
    key: str
    state: str
    title: str
    words: str
    marks: list[str]
    author: str
    sources: list[str]
    note: str
    pictures: int
    thumbnail: str
    may_pick: bool = False  # to retract several at once
    actions: list[Action] = field(default_factory=list)


class RowRenderer:
    """Renders the rows of one story for one person."""

    def __init__(self, story: Story, user):
        self.story, self.user = story, user
        self.may_pick = may(user, "retract", story)

    def html(self, update: Update) -> str:
        return render_to_string(
            "admin/liveblog/desk/_row.html",
            {"row": self._row(update), "story": self.story, "zone": self.story.timezone},
        ).strip()

    def data(self, update: Update) -> dict:
        """Describe a row for the desk's script, with its HTML."""
        return {
            "id": str(update.pk),
            "group": GROUPS[update.status].value,
            "status": update.status,
            "key": str(Key.of(update)),
            "version": update.version,
            "sent_back": self._sent_back(update),
            "html": self.html(update),
        }

    def _sent_back(self, update):
        """Tell whoever wrote a draft who gave it back, and why; others see it in its row."""
        is_back = update.status == Status.DRAFT and update.sent_back_at
        if not is_back or update.created_by_id != self.user.pk:
            return None
        return {"name": name_of(update.sent_back_by), "note": update.sent_back_note}

    def _row(self, update):
        return Row(
            update=update,
            group=GROUPS[update.status].value,
            key=str(Key.of(update)),
            state=_state_of(update),
            title=update.headline,
            words=Truncator(" ".join(to_plain_text(update.body).split())).chars(WORDS),
            marks=[*marks_of(update), *_edits_of(update)],
            author=name_of(update.created_by),
            sources=[each.source.name for each in update.attributions.all()],
            note=_note_of(update),
            pictures=len(update.pictures.all()),
            thumbnail=_thumbnail_of(update),
            may_pick=self.may_pick and update.is_published,
            actions=actions_on(self.user, update),
        )


def _thumbnail_of(update):
    """Return the address of the first picture with a file, in its smallest size."""
    found = [each.picture for each in update.pictures.all() if each.picture.file]
    return f"{picture_source(found[0].pk)}?size=small" if found else ""


def _state_of(update):
    """Say the state in a word; times are beside it, and the page counts down to them."""
    if update.status == Status.DRAFT and update.sent_back_at:
        return _("sent back")
    if update.status == Status.PUBLISHED:
        return _("on air")
    if update.status == Status.SUBMITTED:
        return _("waiting")
    return update.get_status_display()


def _edits_of(update):
    """Name how an update was changed since: “corrected”, “updated”."""
    noted = [_("corrected")] if list(update.corrections.all()) else []
    is_changed = update.edited_at and update.status == Status.PUBLISHED
    return noted or ([_("updated")] if is_changed else [])


def _note_of(update):
    if update.status == Status.DRAFT and update.sent_back_at:
        return update.sent_back_note
    return update.retraction_note if update.status == Status.RETRACTED else ""
