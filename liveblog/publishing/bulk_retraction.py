"""Verb that retracts many updates at once, in slices that hold a story's lock for a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from liveblog.models import Update, Version

from .change import changing_all
from .conflicts import wrong_state
from .content import UpdateContent
from .errors import Busy, Refused
from .policy import require
from .retraction import public_note, refuse_second_note

Status, Verb = Update.Status, Version.Verb
SLICE = 200  # updates in a transaction: others wait for its lock for a fifth of a second


@dataclass
class Retracted:
    """What became of each update: those that are retracted now, and why others are not.

    `stopped` says why it ended before all of them were tried; those done stay done.
    """

    done: list[UUID] = field(default_factory=list)
    refused: dict[UUID, Refused] = field(default_factory=dict)
    stopped: Busy | None = None


def retract_all(
    ids: Iterable[UUID], *, by, note: str = "", without_trace: bool = False
) -> Retracted:
    """Retract each of some updates as `retract` does; one that is refused holds up no other.

    Each slice is a transaction with its own lock and one revision a story. Raises `Busy`
    where the first could not begin.
    """
    require(by, Verb.RETRACT)
    note = public_note(note, without_trace=without_trace)
    ids = list(dict.fromkeys(ids))
    outcome = Retracted()
    ordered = _by_story(ids)
    for slice_ids in (ordered[at : at + SLICE] for at in range(0, len(ordered), SLICE)):
        try:
            _retract_slice(slice_ids, outcome, by=by, note=note, without_trace=without_trace)
        except Busy as busy:
            if not outcome.done:
                raise
            outcome.stopped = busy
            return outcome
    return outcome


def _by_story(ids) -> list[UUID]:
    """Order the ids by their stories, so that a slice locks few; unknown ones come last."""
    known = Update.objects.filter(pk__in=ids).order_by("story_id", "pk")
    return list(dict.fromkeys([*known.values_list("pk", flat=True), *ids]))


def _retract_slice(ids, outcome, *, by, note, without_trace):
    meant = Update.objects.filter(pk__in=ids).order_by()
    stories = set(meant.values_list("story", flat=True))
    sliced = Retracted()
    with changing_all(stories, by=by, verb=Verb.RETRACT, note=note) as changes:
        for change in changes:
            rows = list(meant.filter(story=change.story).with_parts())
            _retract_in(change, rows, sliced, note="" if without_trace else note)
    found = {*sliced.done, *sliced.refused}
    gone = _("This update does not exist any more.")
    outcome.done += sliced.done
    outcome.refused |= sliced.refused | {id: Refused(gone) for id in ids if id not in found}


def _retract_in(change, rows, outcome, *, note):
    """Write all rows of a story in one statement, their versions in another, and count anew."""
    taken = []
    for row in rows:
        row.story = change.story
        try:
            if _is_to_be_taken(row, note=note):
                taken.append(row)
            outcome.done.append(row.pk)
        except Refused as refusal:
            outcome.refused[row.pk] = refusal
    if not taken:
        return
    change.mark_story()
    for row in taken:
        row.status, row.is_pinned, row.retraction_note = Status.RETRACTED, False, note
        row.retracted_at = row.retracted_at or change.at
        row.version += 1
        change.mark_update(row)
        change.add_version(row, UpdateContent.of_loaded(row))
    _write(change, taken)


def _is_to_be_taken(row, *, note) -> bool:
    """Return whether a row changes; raises `Refused` where its state does not allow it."""
    if row.is_published:
        return True
    if row.status != Status.RETRACTED:
        raise wrong_state(row)
    if note:
        refuse_second_note(row)
    return bool(row.retraction_note) and not note


def _write(change, rows):
    one = rows[0]
    columns = {"status": one.status, "is_pinned": False, "retraction_note": one.retraction_note}
    same = Update.objects.filter(pk__in=[row.pk for row in rows])
    same.filter(status=Status.PUBLISHED).update(retracted_at=change.at)
    same.update(**columns, revision=change.revision, version=F("version") + 1)
    change.recount()
    change.recount_corrections()
