"""The import of one story: its lock, its updates in batches, one notification."""

from collections.abc import Iterable
from contextlib import ExitStack
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from liveblog.batches import batches
from liveblog.models import Correction, OldAddress, Picture, Story, Update, Version
from liveblog.notify import notification_of
from liveblog.round_trips import run

from ..change import Change, changing
from ..content import StoryContent
from ..errors import Refused
from ..new_files import NewFiles
from ..pictures import Drawn, store_files
from ..policy import require
from ..snapshots import snapshot_story
from ..stories import make_story, resave_story
from .rows import ImportedUpdate, Outcome, content_of, decide
from .writing import insert, save_over

Status = Update.Status
BATCH = 250


class ArchiveImport:
    """An import into a new or known story; as a context manager it is all or nothing.

    `publishes`: updates that were published elsewhere are published; else they become drafts.
    `files`: those of a larger import, which may fail after this one.
    """

    def __init__(self, *, by=None, publishes: bool = False, files: NewFiles | None = None):
        self.by, self.publishes = by, publishes
        self.is_new = False
        self.change: Change | None = None
        self._stack = ExitStack()
        self._files = NewFiles(files)
        self._seen: set[UUID] = set()

    def __enter__(self):
        self._stack.enter_context(self._files)  # first, as a commit may fail too
        self._stack.enter_context(transaction.atomic())
        return self

    def __exit__(self, kind, error, trace):
        return self._stack.__exit__(kind, error, trace)

    def begin(self, content: StoryContent, *, uid: UUID | None = None) -> None:
        """Create a draft story to import into, under its own `uid` where no other has it."""
        self._require(Version.Verb.CREATE_STORY)
        is_free = uid is not None and not Story.objects.filter(uid=uid).exists()
        own = {"uid": uid} if is_free else {}
        story = make_story(content, by=self.by, verb=Version.Verb.IMPORT, **own)
        self.is_new = True
        self._lock(story)

    def go_on(self, story: Story) -> None:
        """Lock an existing story to import into."""
        self._lock(story)
        if self.story.status == Story.Status.WITHDRAWN:
            raise Refused(_("This story was withdrawn."))
        self._require(Version.Verb.EDIT_STORY, self.story)

    def _lock(self, story):
        change = changing(story, by=self.by, verb=Version.Verb.IMPORT)
        self.change = self._stack.enter_context(change)

    @property
    def story(self) -> Story | None:
        """Return the story that is imported into; None before `begin` and `go_on`."""
        return self.change and self.change.story

    def _require(self, verb, story=None):
        if self.by is not None:  # nobody: whoever may run commands on the server
            require(self.by, verb, story)

    # -- the story's own parts

    def restore_parts(self, history, corrections, old_addresses, deleted) -> None:
        """Restore what our own export has beside the texts.

        `deleted` is the history of drafts that were deleted, by their ids.
        """
        story = self.story
        own = {"story": story, "update": None}
        versions = [(None, past) for past in history]
        versions += [(id, past) for id, pasts in deleted.items() for past in pasts]
        Version.objects.bulk_create(
            Version(**own, update_id_was=id, **past.columns) for id, past in versions
        )
        for each in corrections:
            each.story = story
        Correction.objects.bulk_create(corrections)
        taken = {slug for slug in old_addresses if Story.objects.at_address(slug).exists()}
        free = dict.fromkeys(slug for slug in old_addresses if slug not in taken)
        OldAddress.objects.bulk_create(OldAddress(slug=slug, story=story) for slug in free)

    def restore_files(self, picture: Picture, columns: dict, files: dict[str, bytes]) -> None:
        """Store the files of a picture under the names in its row."""
        storage = picture.file.storage
        for name, data in files.items():
            if not storage.exists(name):
                saved_name = storage.save(name, ContentFile(data))
                self._files.callback(storage.delete, saved_name)
        for name, value in columns.items():
            setattr(picture, name, value)
        picture.save(update_fields=list(columns))

    def update_story(self, content: StoryContent) -> bool:
        """Update a known story's own parts; return False where they were edited here."""
        row, before = self.story, StoryContent.of(self.story)
        here, coming = (_essence(snapshot_story(row, each)) for each in (before, content))
        if coming == here:
            return True
        versions = Version.objects.of_story(row).filter(verb=Version.Verb.IMPORT)
        came = versions.values_list("content", flat=True).first()
        if came and coming == _essence(came):
            return True
        if not came or _essence(came) != here:
            return False
        content.fill(row)
        if row.is_public:
            self.change.mark_story(reload=True, is_news=False)
        resave = (*StoryContent.row_fields(), "introduction_html", "summary_html")
        content.write_parts(row, before)
        resave_story(self.change, *resave)
        return True

    def add_files(self, picture: Picture, drawn: Iterable[Drawn]) -> None:
        """Store the files of a picture that was imported without them."""
        store_files(picture, list(drawn), self._files)
        picture.save(update_fields=["file", "width", "height", "renditions"])

    # -- its updates

    def take(self, coming: list[ImportedUpdate]) -> None:
        """Import updates in batches, and set the outcome of each."""
        for batch in batches(coming, BATCH):
            self._take_batch(batch)

    def _take_batch(self, batch):
        here, came = self._read([each.id for each in batch])
        for each in batch:
            if each.id in self._seen:
                each.refuse(_("its id comes twice in the file"))
                continue
            self._seen.add(each.id)
            decide(each, here.get(each.id), came.get(each.id), self)
        done = [each for each in batch if each.outcome not in {Outcome.REFUSED, Outcome.UNCHANGED}]
        insert(self.change, [each for each in done if self._comes_new(each, here)])
        for each in done:
            if each.id in here and each.outcome == Outcome.UPDATED:
                self._update(here[each.id], each)
            elif each.id in here:
                self._take_down(here[each.id])
        self.change.write_versions()

    def _comes_new(self, coming, here):
        """Return whether a new row is stored; a removal is, as an older file might publish it."""
        return coming.id not in here and (coming.outcome == Outcome.IMPORTED or self.publishes)

    def _read(self, ids):
        if self.is_new:
            here = Update.objects.filter(pk__in=ids).only("id", "story_id", "status")
            return {row.pk: row for row in here}, {}
        rows = Update.objects.filter(pk__in=ids).with_parts()
        versions = Version.objects.filter(update_id_was__in=ids, verb=Version.Verb.IMPORT).order_by(
            "id"
        )
        came = dict(versions.values_list("update_id_was", "content"))
        return {row.pk: row for row in rows}, came

    def _update(self, row, coming):
        row.story = self.story
        goes_on_air = coming.status == Status.PUBLISHED and row.status in Update.WAITING
        columns = {"published_at": coming.columns.get("published_at")}
        if coming.columns.get("edited_at"):
            columns["edited_at"] = coming.columns["edited_at"]
        if goes_on_air:
            columns |= {"status": Status.PUBLISHED, "scheduled_for": None}
        save_over(self.change, row, coming.content, columns)

    def _take_down(self, row):
        row.story = self.story
        content = content_of(row)
        if row.number is None:
            self.change.add_version(row, content)
            self.change.write_versions()
            row.delete()
            return
        columns = {
            "status": Status.RETRACTED,
            "retracted_at": self.change.at,
            "published_at": row.published_at or self.change.at,
            "scheduled_for": None,
            "is_pinned": False,
        }
        save_over(self.change, row, content, columns)

    # -- before the end of the change, which writes its history and notifies

    def finish(self, state: dict | None = None) -> None:
        """Count, announce and, where `state` says so, open or end the story.

        `state` holds columns of the story: status and moments; of our own export the counters.
        Without a status it leaves the story a draft.
        """
        change, state = self.change, dict(state or {})
        change.revision = max(state.pop("revision", 0), change.revision)
        opens = "status" in state
        if opens or (change.is_visible and self.story.is_public):
            change.mark_story(is_news=False)
            change.set_last_updated(self._newest(state))
        change.recount()
        change.recount_corrections()
        change.write_counters()
        if state:
            self._save_state(state)
        if opens:
            change.add_version(self.story, StoryContent.of(self.story))
        run(notification_of(self.story.pk, None))

    def _save_state(self, state):
        for name, value in state.items():
            setattr(self.story, name, value)
        self.story.save(update_fields=set(state))

    def _newest(self, state):
        newest = Update.objects.filter(story=self.story, status=Status.PUBLISHED)
        latest = newest.order_by("-published_at").values_list("published_at", flat=True).first()
        known = [latest, state.get("opened_at"), self.story.opened_at, self.story.last_updated_at]
        return max(filter(None, known), default=self.change.at)


def _essence(snapshot: dict) -> dict:
    """Return what an import compares of a story: its content without state and address."""
    named = {name: [each["id"] for each in snapshot[name]] for name in ("bylines", "topics")}
    words = {name: snapshot[name] for name in StoryContent.row_fields()}
    return {**words, **named}
