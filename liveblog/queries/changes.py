"""What changed in a story after a cursor, which every open page asks for."""

import re
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from liveblog.models.story import Story
from liveblog.models.update import Update

from .plain_sql import read_changed
from .regions import StoryRegions, read_regions
from .update_parts import load_parts

PAGE = 100  # changes in one answer, about: a revision is never split
MOST = 500  # missed changes; more cost less by loading the page anew
LONGEST = 2 * MOST  # changes in one answer for programs, whatever one revision holds

_CURSOR = re.compile(r"([0-9a-f]{1,12})-(0|[1-9][0-9]{0,8})(-0)?\Z")


@dataclass(frozen=True)
class Cursor:
    """A reader's position: every change up to `revision` in this epoch of the story.

    `is_from_start` marks the cursors between the pages of `changes/0`, which goes through
    the whole story: such a reader is never too far behind.
    """

    epoch: str
    revision: int
    is_from_start: bool = False

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Read `<epoch>-<revision>`, or `0` for the beginning; None for anything else."""
        if text == "0":
            return cls("", 0, is_from_start=True)
        found = _CURSOR.match(text)
        return cls(found[1], int(found[2]), is_from_start=bool(found[3])) if found else None

    def __str__(self):
        if not self.epoch:
            return "0"
        return f"{self.epoch}-{self.revision}" + ("-0" if self.is_from_start else "")


@dataclass(frozen=True)
class Changes:
    """The changes after a cursor.

    `story` was read first, and `revision` is the last that is wholly included;
    `updates` are the changed rows in the order of their revisions, retracted ones
    among them; `regions` is there when the story's own parts are to be shown anew.
    """

    story: Story
    revision: int
    updates: list[Update] = field(default_factory=list)
    regions: StoryRegions | None = None
    more: bool = False
    reload: bool = False
    is_from_start: bool = False
    last: UUID | None = None  # in programs' answers, where `revision` goes on after this update

    @property
    def cursor(self) -> str:
        goes_on = self.is_from_start and self.more
        return str(Cursor(self.story.epoch, self.revision, is_from_start=goes_on))


def read_changes(story: Story, cursor: Cursor | None) -> Changes:
    """Read what changed after a cursor; no query where nothing did.

    `story` was just read: rows that are newer than it come in the next
    answer, and so each change comes once. None, a cursor of another epoch, one ahead of the
    row or before its `reload_revision`, and more than `MOST` missed changes make `reload`;
    but a reader who began with `0` is given all, however many pages it takes.
    """
    if cursor is None or _must_reload(story, cursor):
        return Changes(story, story.revision, reload=True)
    if cursor.revision == story.revision:
        return Changes(story, story.revision)
    rows = read_changed(story, cursor.revision, most=PAGE + 1)
    upto, more = story.revision, False
    if len(rows) > PAGE:
        changed = story.updates.seen().changed_since(cursor.revision, upto=story.revision)
        revisions = list(changed.values_list("revision", flat=True)[: MOST + 1])
        if len(revisions) > MOST and not cursor.is_from_start:
            return Changes(story, story.revision, reload=True)
        upto, more = _end_of_page(changed, revisions, story.revision)
        rows = list(changed.filter(revision__lte=upto))
    for update in rows:
        update.story = story
    load_parts(rows)
    has_regions = cursor.revision < story.changed_revision <= upto
    regions = read_regions(story) if has_regions else None
    return Changes(
        story,
        upto,
        updates=rows,
        regions=regions,
        more=more,
        is_from_start=cursor.is_from_start,
    )


def _end_of_page(changed, revisions, newest):
    """Return the last revision of a page of changes, and whether more come after it."""
    if len(revisions) <= PAGE:
        return newest, False
    upto = revisions[PAGE - 1]
    more = upto < revisions[-1]
    if not more and len(revisions) > MOST:  # one revision, as of an import, fills all that was read
        more = changed.filter(revision__gt=upto).exists()
    return (upto, True) if more else (newest, False)


def read_update_changes(
    story: Story,
    cursor: Cursor | None,
    *,
    limit: int,
    since: int | None = None,
    last: UUID | None = None,
) -> Changes:
    """Read which updates changed after a cursor, about `limit` of them: for programs.

    However many were missed, they come page by page; what changed together comes together,
    but for what is as large as an import: `last` is the update after which the cursor's
    revision goes on. `since` is the revision at which the oldest row that the caller
    holds was read, where that is not the cursor's own.
    """
    held = None if cursor is None else Cursor(cursor.epoch, since or cursor.revision)
    if cursor is None or _must_reload(story, held) or _must_reload(story, cursor, rename=False):
        return Changes(story, story.revision, reload=True)
    changed = story.updates.seen().changed_since(cursor.revision - bool(last), upto=story.revision)
    if last:
        changed = changed.filter(Q(revision__gt=cursor.revision) | Q(pk__gt=last))
    revisions = list(changed.values_list("revision", flat=True)[: limit + 1])
    upto = revisions[limit - 1] if len(revisions) > limit else story.revision
    # By ids, as nothing else of a row is sure to be in a cursor and to order all of them.
    rows = list(changed.filter(revision__lte=upto).order_by("revision", "pk")[: LONGEST + 1])
    rows, rest = rows[:LONGEST], rows[LONGEST:]
    goes_on = None
    if rest:
        upto, goes_on = rows[-1].revision, rows[-1].pk
    rows.sort(key=lambda each: (each.revision, each.published_at, each.number))
    for update in rows:
        update.story = story
    load_parts(rows)
    more = bool(rest) or (len(revisions) > limit and changed.filter(revision__gt=upto).exists())
    return Changes(story, upto if more else story.revision, updates=rows, more=more, last=goes_on)


def _must_reload(story, cursor, *, rename=True):
    if not cursor.epoch:  # a reader at the beginning holds nothing that could be stale
        return False
    return (
        cursor.epoch != story.epoch
        or cursor.revision > story.revision
        or (rename and cursor.revision < story.reload_revision)
    )
