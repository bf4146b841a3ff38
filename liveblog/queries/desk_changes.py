"""What changed in a story for its desks: its versions after a position.

A position is `<epoch>-<key of a Version>`: versions are written under the story's lock, so
within a story their keys come in commit order.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Coalesce

from liveblog.models.story import Story
from liveblog.models.update import Update
from liveblog.models.version import Version

from .changes import Cursor
from .desk_rows import load_rows

PAGE = 100  # rows in one answer
MOST = 1000  # missed rows; more are had cheaper by loading the desk anew
# Changes of what many rows show: a desk loads its rows again.
SHARED = ("edit_shared", "rename_source", "merge_sources")


@dataclass(frozen=True)
class DeskChanges:
    """What a desk at a position has missed: rows in their newest state, deleted ones by id."""

    story: Story
    position: str
    updates: list[Update] = field(default_factory=list)
    removed: list[UUID] = field(default_factory=list)
    is_story_changed: bool = False
    more: bool = False
    reload: bool = False


def read_position(story: Story) -> str:
    """Return the position of a desk that reads the story now."""
    newest = Version.objects.filter(story=story).aggregate(newest=Max("pk"))["newest"]
    return str(Cursor(story.epoch, newest or 0))


def read_desk_changes(story: Story, after: Cursor | None) -> DeskChanges:
    """Read what changed after a position; `reload` where it can't be continued.

    The history is read before the rows: a row newer than its position comes again.
    """
    versions = Version.objects.filter(story=story)
    newest = versions.aggregate(newest=Max("pk"))["newest"] or 0
    position = str(Cursor(story.epoch, newest))
    if after is None or (after.epoch and (after.epoch != story.epoch or after.revision > newest)):
        return DeskChanges(story, position, reload=True)
    missed = versions.filter(pk__gt=after.revision, pk__lte=newest)
    if after.epoch and missed.filter(verb__in=SHARED).exists():
        return DeskChanges(story, position, reload=True)
    latest = _latest_of_each(missed)[: MOST + 1]
    if after.epoch and len(latest) > MOST:
        return DeskChanges(story, position, reload=True)
    return _page(story, list(latest), position)


def _latest_of_each(missed):
    """The newest version of each row, oldest first; the key None is the story itself."""
    rows = missed.order_by().values_list("update_id_was")
    return rows.annotate(newest=Max("pk")).order_by("newest")


def _page(story, latest, position):
    more, shown = len(latest) > PAGE, latest[:PAGE]
    ids = [id for id, _newest in shown if id is not None]
    found = {row.pk: row for row in load_rows(story, story.updates.filter(pk__in=ids))}
    return DeskChanges(
        story,
        str(Cursor(story.epoch, shown[-1][1])) if more else position,
        updates=[found[id] for id in ids if id in found],
        removed=[id for id in ids if id not in found],
        is_story_changed=any(id is None for id, _newest in shown),
        more=more,
    )


def newest_versions(story_ids) -> dict[int, int]:
    """Return the newest version's key of each of some stories, in one query."""
    rows = Version.objects.filter(story__in=story_ids).order_by().values_list("story")
    return dict(rows.annotate(newest=Coalesce(Max("pk"), 0)))
