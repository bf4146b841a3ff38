"""The import of our own export: a story that is new here comes back exactly as it was."""

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from liveblog.interchange.messages import gettext_noop as _
from liveblog.models import Picture, Story
from liveblog.publishing import ImportedUpdate, Invalid, store_pictures

from .import_media import MediaFolder
from .import_plan import CannotImport
from .own_rows import OwnRows
from .own_values import Unfit, is_slug
from .story_import import StoryImport


class StoryRestore(StoryImport):
    """Keeps states, numbers and history of a new story; of a known one brings the texts."""

    def __init__(self, archive, plan, store, ledger):
        super().__init__(archive, plan, store, ledger)
        # A file that somebody uploads may not say what others did.
        self.rows = OwnRows(archive.original, self.shared, names_people=plan.by is None)

    def _begin(self):
        self.store.publishes = True  # what was on air there, and nothing else
        try:
            self.store.begin(self._content())
            self.store.restore_parts(
                self.rows.history(), self.rows.corrections(), self.rows.old_addresses()
            )
        except (Unfit, ValidationError, Invalid) as error:
            raise CannotImport(_said(error)) from error

    def _content(self, slug=""):
        try:
            return self.rows.content(slug=slug or self.plan.slug or self._free_slug())
        except (Unfit, ValidationError) as error:
            raise CannotImport(_said(error)) from error

    def _free_slug(self):
        wish = self.archive.slug
        return "" if not is_slug(wish) or Story.objects.at_address(wish).exists() else wish

    def _state(self):
        if not self.store.is_new:
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
            return self.rows.update(original, by_exactly=self.store.is_new)
        except (Unfit, ValidationError) as error:
            self.ledger.refuse(entry.where, entry.id, _said(error))
            return None

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
        for row in Picture.objects.filter(pk__in=[each.pk for each in rows]):
            columns, files = self.rows.files(row.pk)
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


def _names(columns):
    return (each["name"] for each in columns["renditions"])


def _said(error):
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
