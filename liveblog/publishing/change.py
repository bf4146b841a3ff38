"""One change of one story: its lock, its revision, its history and its notification."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from liveblog.models import Attribution, AuditEntry, Story, Update, Version
from liveblog.notify import notification_of
from liveblog.queries.counters import read_correction_count, read_counts
from liveblog.queries.plain_sql import find_update
from liveblog.round_trips import Statement, run

from .audit import entry_of
from .content import StoryContent, UpdateContent
from .errors import Refused
from .locks import locked, locked_one, locked_with
from .message_queue import queue_for_other_systems
from .snapshots import snapshot_story, snapshot_update
from .statements import inserts_of, update_of


class Change:
    """A verb in progress on a story that is locked, or inserted by this transaction.

    Only `changing_locked` makes one. `at` is the moment of the change. A verb calls
    `mark_update` for each update whose visible form it changes, `mark_story` for the story's
    own parts, `write` and `count` for each update that it saves, and `add_version` for each row
    that goes into history. What is written goes to the database at the end, in one round trip.
    """

    def __init__(self, story: Story, *, by, verb: str, note: str = ""):
        self.story, self.by, self.verb, self.note = story, by, verb, note
        self._status_before = story.status
        self.at = timezone.now()
        self.revision = story.revision + 1
        self.is_visible = False
        self.is_removal = False  # takes something from readers
        self.read_with_lock: dict[UUID, Update | None] = {}
        self._statements: list[Statement] = []  # not run yet
        self._counters: dict = {}
        self._versions: list[Version] = []
        self._changed: set = set()  # rows that have a version by this change, by their keys
        self._last: Update | Story | None = None  # of them
        self.is_recorded = False  # in the audit trail, on what several stories share

    def find(self, update: Update) -> Update | None:
        """Read an update's row under the lock; one that came with the lock, without a query."""
        if update.pk in self.read_with_lock:
            return self.read_with_lock.pop(update.pk)  # once: it may be written meanwhile
        return find_update(update.pk)

    def reread(self, update: Update) -> Update:
        """Read an update again, now that nobody else can change it."""
        fresh = self.find(update)
        if fresh is None or fresh.story_id != self.story.pk:
            raise Refused(_("This update does not exist any more."))
        fresh.story = self.story
        return fresh

    def mark_update(self, update: Update) -> None:
        """Give an update this change's revision, and its number if readers never saw it."""
        self._show()
        self.is_removal |= not update.is_published
        update.revision = self.revision
        update.number = update.number or self.revision

    def mark_story(self, *, reload: bool = False, is_news: bool = True) -> None:
        """Mark the story's own parts as changed; `is_news` moves its "last updated"."""
        self._show()
        self._counters["changed_revision"] = self.revision
        if reload:
            self._counters["reload_revision"] = self.revision
        if is_news:
            self._counters["last_updated_at"] = self.at

    def _show(self):
        self.is_visible = True
        self._counters["revision"] = self.revision

    def write(self, statements: Iterable[Statement]) -> None:
        """Have statements run at the end, or before the next that reads what they write."""
        self._statements += statements

    def _write_now(self):
        statements, self._statements = self._statements, []
        run(statements)

    def count(self, update: Update, before: UpdateContent | None, after: UpdateContent) -> None:
        """Adjust the story's counters from what a row counted before to what it counts now.

        Wrong counters must never prevent a takedown, so none goes below zero.
        """
        was, now = update.was_published, update.is_published
        if not (was or now):
            return
        cited = Counter(self.story.source_counts)
        cited.subtract(_claims(before) if was else ())
        cited.update(_claims(after) if now else ())
        self._count_as(
            update_count=max(0, self.story.update_count + now - was),
            source_counts={id: count for id, count in cited.items() if count > 0},
        )
        update.was_published = now

    def recount(self) -> None:
        """Recount the story's public updates, after an import or a merge."""
        self._write_now()
        self._count_as(**read_counts(self.story))

    def recount_corrections(self) -> None:
        """Recount the story's corrections; call after the rows are saved."""
        self._write_now()
        self._count_as(correction_count=read_correction_count(self.story))

    def _count_as(self, **counts):
        self._counters.update(counts)
        for name, value in counts.items():
            setattr(self.story, name, value)

    def set_last_updated(self, moment) -> None:
        """Set the time of the last news, which is not now after an import."""
        self._counters["last_updated_at"] = moment

    def add_version(self, row: Update | Story, content: UpdateContent | StoryContent) -> None:
        """Queue a version of the row as it is after this change."""
        is_update = isinstance(row, Update)
        self._changed.add((row._meta.model_name, row.pk))
        self._last = row
        self._versions.append(
            Version(
                story=self.story,
                update=row if is_update else None,
                update_id_was=row.pk if is_update else None,
                version=row.version,
                revision=self.revision if self.is_visible else None,
                verb=self.verb,
                note=self.note,
                by=self.by,
                token=getattr(self.by, "api_token", None),  # set where a program acts for a person
                at=self.at,
                content=(snapshot_update if is_update else snapshot_story)(row, content),
            )
        )

    def write_versions(self) -> None:
        """Write the queued versions now: before a row is deleted, or where there are many."""
        Version.objects.bulk_create(self._versions)
        self._versions = []

    def write_counters(self) -> None:
        """Write rows and counters now; before a row whose constraints rest on them."""
        self.write(self._counters_written())
        self._write_now()

    def write_and_notify(self) -> None:
        """Write what is not written yet of rows, counters and history, and notify."""
        self.write(self._counters_written())
        self.write(inserts_of(self._versions))
        self.write(inserts_of(self._entries()))
        self._versions = []
        if self.is_visible or self._changed:
            revision = self.revision if self.is_visible else None
            self.write(notification_of(self.story.pk, revision, is_removal=self.is_removal))
        self._changed = set()
        self._write_now()
        if self.is_visible:
            queue_for_other_systems(self.story, status_before=self._status_before, at=self.at)

    def _counters_written(self) -> list[Statement]:
        """Put the counters onto the story, and return the statement that writes them."""
        counters, self._counters = self._counters, {}
        for name, value in counters.items():
            setattr(self.story, name, value)
        return [update_of(self.story, counters)] if counters else []

    def _entries(self) -> list[AuditEntry]:
        """Return what the audit trail says of the verb: on its update, or the story of several."""
        count = len(self._changed)
        if self.is_recorded or not count:
            return []
        if count == 1:
            return [entry_of(self.verb, by=self.by, on=self._last)]
        return [entry_of(self.verb, by=self.by, on=self.story, details={"rows": count})]


def _claims(content: UpdateContent) -> set[str]:
    """Return the ids of the sources that an update rests on."""
    photo = Attribution.Role.PHOTO
    return {str(each.source.pk) for each in content.sources if each.role != photo}


@contextmanager
def changing(story: Story | int, *, by, verb: str, note: str = "") -> Iterator[Change]:
    """Lock a story and change it in one transaction; raises `Busy` or `Refused` without it."""
    with (
        locked_one(story) as row,
        changing_locked([row], by=by, verb=verb, note=note) as [change],
    ):
        yield change


@contextmanager
def changing_with(update: Update, *, by, verb: str, note: str = "") -> Iterator[Change]:
    """Change the story of an update, as `changing` does; its row is read with the lock."""
    with (
        locked_with(update) as (story, row),
        changing_locked([story], by=by, verb=verb, note=note) as [change],
    ):
        change.read_with_lock[update.pk] = row
        yield change


@contextmanager
def changing_all(ids: Iterable[int], *, by, verb: str, note: str = "") -> Iterator[list[Change]]:
    """Lock stories and change each in one transaction; those deleted meanwhile are left out."""
    with (
        locked(ids) as rows,
        changing_locked(rows, by=by, verb=verb, note=note) as changes,
    ):
        yield changes


@contextmanager
def changing_locked(
    stories: Iterable[Story], *, by, verb: str, note: str = ""
) -> Iterator[list[Change]]:
    """Change stories that this transaction has locked or inserted; the only way to a `Change`."""
    changes = [Change(story, by=by, verb=verb, note=note) for story in stories]
    yield changes
    for change in changes:
        change.write_and_notify()
