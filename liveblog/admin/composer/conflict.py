"""Two texts of one update: what somebody saved meanwhile, and what the editor wrote."""

from dataclasses import dataclass

from django.urls import reverse

from liveblog.models import Story, Update
from liveblog.richtext import clean, to_plain_text
from liveblog.worddiff import ADDED, REMOVED, Piece, word_diff

from .latest import clock


@dataclass(frozen=True)
class Text:
    """One of the two, as pieces of its headline and of its words."""

    headline: list[Piece]
    words: list[Piece]


@dataclass(frozen=True)
class Meeting:
    theirs: Text
    mine: Text
    saved_by: str
    saved_at: str
    state: str
    address: str


def meeting_of(current: Update, form) -> Meeting:
    """Set the saved row beside the form's text, each with what the other lacks marked."""
    headline = word_diff(current.headline, form.data.get("headline", ""))
    mine = to_plain_text(clean(form.data.get("body", "")))
    words = word_diff(to_plain_text(current.body), mine)
    saved = current.versions.select_related("by").first()
    return Meeting(
        theirs=Text(_without(ADDED, headline), _without(ADDED, words)),
        mine=Text(_without(REMOVED, headline), _without(REMOVED, words)),
        saved_by=(saved.by and (saved.by.get_full_name() or saved.by.get_username())) or "",
        saved_at=clock(saved.at, current.story),
        state=current.get_status_display(),
        address=reverse("admin:liveblog_update_change", args=[current.pk]),
    )


def is_behind(form, current: Update) -> bool:
    """Tell whether the form was sent and was made from an older version than the saved one."""
    made_from = form.data.get("made_from", "")
    return form.is_bound and made_from.isdecimal() and int(made_from) < current.version


def catch_up(form, current: Update | Story) -> None:
    """Let the form's next save stand on what its editor has now been shown."""
    form.data = form.data.copy()
    form.data["made_from"] = current.version


def _without(kind, pieces):
    return [piece for piece in pieces if piece.kind != kind]
