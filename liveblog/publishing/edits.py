"""Verbs that edit published updates, and say what kind of edit it was."""

from django.utils.translation import gettext as _

from liveblog.models import Correction, Update, Version

from .change import changing_with
from .content import UpdateContent
from .errors import Invalid
from .notes import read_note
from .update_rows import open_row, require_status, write

Kind, Verb = Update.Kind, Version.Verb
VERBS = {
    Kind.TYPO: Verb.FIX_TYPO,
    Kind.INFORMATION: Verb.ADD_INFORMATION,
    Kind.CLARIFICATION: Verb.CLARIFY,
    Kind.CORRECTION: Verb.CORRECT,
}


def edit(
    update: Update, content: UpdateContent, *, by, kind: str, version=None, note: str = ""
) -> Update:
    """Change a published update.

    `kind` decides what readers see of the edit: a typo shows no mark and moves no date; added
    information shows "Updated"; a clarification or correction needs a public `note`.
    Saving the same content again changes nothing.
    """
    kind, note = Kind(kind), read_note(note, Correction._meta.get_field("note"))
    with changing_with(update, by=by, verb=VERBS.get(kind, Verb.EDIT), note=note) as change:
        row, before = open_row(change, update, content, version=version)
        require_status(row, Update.Status.PUBLISHED)
        noted = kind in {Kind.CLARIFICATION, Kind.CORRECTION}
        _check_kind(kind, noted=noted, note=note)
        moved = content.published_at not in (None, row.published_at)
        if content == before and not moved and not _is_new_note(row, kind, note, noted=noted):
            return row
        _mark(change, row, kind, is_quiet=not moved and _is_in_list_alone(row, content, before))
        write(change, row, content, before, also=("kind", "revision", "edited_at"))
        if noted:
            Correction.objects.create(
                story=change.story, update=row, kind=kind, note=note, corrected_at=change.at
            )
            change.recount_corrections()
    return row


def correct(update: Update, content: UpdateContent, *, by, note: str, version=None) -> Update:
    """Correct a published update, with a public note."""
    return edit(update, content, by=by, kind=Kind.CORRECTION, version=version, note=note)


def _check_kind(kind, *, noted, note):
    if kind == Kind.NEW:
        raise Invalid({"kind": [_("Say what kind of edit this is.")]})
    if noted and not note:
        raise Invalid({"note": [_("Tell readers what was wrong or unclear.")]})


def _is_new_note(row, kind, note, *, noted):
    latest = row.corrections.first() if noted else None
    return noted and (latest is None or (latest.kind, latest.note) != (kind, note))


def _is_in_list_alone(row, content, before):
    """Return whether an edit changes only the list of updates on the page.

    A pinned update is also shown at the top, and one without headline is titled by its text.
    """
    seen_elsewhere = ("headline", "is_key_event", "verification", "sources")
    is_same = all(getattr(content, name) == getattr(before, name) for name in seen_elsewhere)
    return is_same and bool(content.headline) and not row.is_pinned


def _mark(change, row, kind, *, is_quiet):
    row.kind = kind
    change.mark_update(row)
    if kind != Kind.TYPO:
        row.edited_at = change.at
        change.mark_story()
    elif not is_quiet:
        change.mark_story(is_news=False)
