"""The import of our own export: a story that is new here comes back exactly as it was.

Where somebody uploads it, it does so if they put it on air; else it comes in as drafts.
"""

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from liveblog.batches import batches
from liveblog.interchange.messages import gettext_noop as _
from liveblog.models import Picture, Story, Update
from liveblog.publishing import ImportedUpdate, Invalid, store_pictures

from .import_media import BATCH, MediaFolder
from .import_plan import CannotImport
from .own_rows import OwnRows
from .own_values import Unfit, is_slug
from .story_import import StoryImport

Status = Update.Status
PUBLIC = {Story.Status.LIVE, Story.Status.ENDED}


class StoryRestore(StoryImport):
    """Keeps states, numbers and history of a new story; of a known one brings the texts."""

    def __init__(self, archive, plan, store, ledger):
        super().__init__(archive, plan, store, ledger)
        # A file that somebody uploads may not say what others did.
        self.rows = OwnRows(archive.original, self.shared, names_people=plan.by is None)
        self.is_exact = False
        self.store.publishes &= archive.state in PUBLIC

    def _begin(self):
        # What was on air there, and nothing else.
        self.is_exact = self.store.publishes = self.plan.publish or self.plan.by is None
        try:
            self.store.begin(self._content(), uid=self._uid())
            self.store.restore_parts(
                self._past(self.rows.history()),
                self.rows.corrections() if self.is_exact else [],
                self.rows.old_addresses(),
                {id: self._past(history) for id, history in self.rows.deleted().items()},
            )
        except (Unfit, ValidationError, Invalid) as error:
            raise CannotImport(_said(error)) from error

    def _uid(self):
        return self.rows.uid()

    def _content(self, slug=""):
        try:
            return self.rows.content(slug=slug or self.plan.slug or self._free_slug())
        except (Unfit, ValidationError) as error:
            raise CannotImport(_said(error)) from error

    def _free_slug(self):
        wish = self.archive.slug
        return "" if not is_slug(wish) or Story.objects.at_address(wish).exists() else wish

    def _state(self):
        if not self.is_exact:
            return super()._state()
        try:
            return self.rows.state() or None
        except (Unfit, ValidationError) as error:
            raise CannotImport(_said(error)) from error

    def _in_order(self):
        return self.archive.entries

    def _update(self, entry) -> ImportedUpdate | None:
        original, entry.original = entry.original, {}  # a long story is in memory once
        try:
            update = self.rows.update(original)
        except (Unfit, ValidationError) as error:
            self.ledger.refuse(entry.where, entry.id, _said(error))
            return None
        if not self.is_exact:
            self._reduce(update)
        return update

    def _reduce(self, update):
        """Leave out what counts only in a story that is exactly the one it came from."""
        update.columns = self._columns(update.columns)
        if update.status != Status.PUBLISHED:
            update.corrections = []
        update.history = self._past(update.history) if self.store.is_new else []

    def _columns(self, columns):
        is_public = columns["status"] == Status.PUBLISHED and self.store.publishes
        if is_public or columns["status"] == Status.RETRACTED:
            names = ("status", "kind", "published_at", "edited_at", "retracted_at")
            return {name: columns[name] for name in names}
        return {"status": Status.DRAFT, "published_at": columns["published_at"]}

    def _past(self, history):
        """Return the history; a story that begins anew has no part in the old revisions."""
        for each in history:
            each.columns["revision"] = each.columns["revision"] if self.is_exact else None
        return history

    def _store_pictures(self):
        try:
            rows = self.rows.picture_rows()
        except (Unfit, ValidationError) as error:
            raise CannotImport(_said(error)) from error
        new = store_pictures(rows)
        return [each for each in rows if each.pk in new]

    def _fetch_files(self, rows):
        folder = MediaFolder(self.plan.media)
        missing = []
        for row in (each for some in batches(rows, BATCH) for each in _read_again(some)):
            columns, files = self._files_of(row)
            if not columns["file"] or self.plan.dry_run:
                continue
            files |= folder.read({columns["file"], *_names(columns)} - files.keys())
            if columns["file"] in files or default_storage.exists(columns["file"]):
                self.store.restore_files(row, columns, files)
            else:
                missing.append(columns["file"])
        if missing:
            words = _("pictures that came without their files (%(count)d): %(names)s")
            self._warn(words, count=len(missing), names=", ".join(missing[:10]))

    def _files_of(self, row):
        try:
            return self.rows.files(row.pk)
        except (Unfit, ValidationError) as error:
            raise CannotImport(_said(error)) from error


def _read_again(rows):
    return Picture.objects.filter(pk__in=[each.pk for each in rows])


def _names(columns):
    return (each["name"] for each in columns["renditions"])


def _said(error):
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
