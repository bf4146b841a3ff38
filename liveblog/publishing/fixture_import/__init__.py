"""Import the rows of a fixture into a running newsroom.

Rows come as Django's deserialiser makes them, parents first, as `dumpdata` writes them.
Sources, topics and people that exist are looked up, not overwritten. A story's rows that
really differ from the database's are saved with the database's counters and this
import's revision; what does not differ is left alone, so the same file twice changes
nothing.

Rows of other apps (accounts, sessions), history, tokens and webhooks come in only where
the caller allows them by name: a fixture of stories is often somebody else's file.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from liveblog.models import (
    Attribution,
    Correction,
    OldAddress,
    Person,
    Picture,
    Source,
    Story,
    StoryByline,
    Topic,
    Update,
    UpdateByline,
    UpdatePicture,
)
from liveblog.publishing.new_files import NewFiles
from liveblog.publishing.pictures import Drawn, store_files

from .differences import content_of, row_of
from .reference_data import import_named, import_picture
from .related import import_correction, import_record, import_story_byline, import_update_part
from .stories import import_story
from .story_imports import StoryImports
from .updates import import_update
from .validation import FixtureImportError, MissingParentError, broken_rule, require_fit, row_name

__all__ = ["FIXTURE_ORDER", "FixtureImport", "FixtureImportError", "MissingParentError"]

IMPORTED_BY: dict[type[Model], Callable] = {
    Source: import_named,
    Topic: import_named,
    Person: import_named,
    Picture: import_picture,
    Story: import_story,
    StoryByline: import_story_byline,
    Update: import_update,
    Attribution: import_update_part,
    UpdateByline: import_update_part,
    UpdatePicture: import_update_part,
    Correction: import_correction,
    OldAddress: import_record,
}
GIVEN_ONCE = (Story, Update, Picture)  # what is looked up by its name may stand in several files
FIXTURE_ORDER = [model._meta.label_lower for model in IMPORTED_BY]  # parents first


class FixtureImport:
    """One import in one transaction, which commits when all rows were taken.

    `allowed` names further models, as `auth.user`, or whole apps. `files` maps pictures that
    lack their file to its name beside the fixture: `store` has to be given it.
    """

    def __init__(self, *, overwrite: bool = False, allowed: Iterable[str] = ()):
        self.files: dict[Picture, str] = {}
        self.notes: list[str] = []
        self.allowed = {name.lower() for name in allowed}
        self.stories = StoryImports(overwrite=overwrite)
        self._updates: dict[UUID, Update | None] = {}
        self._taken: dict[str, tuple] = {}
        self._files = NewFiles()
        self._stack = ExitStack()

    def __enter__(self):
        # The files first, which outlive only a transaction that commits.
        for each in (self._files, transaction.atomic(), self.stories):
            self._stack.enter_context(each)
        return self

    def __exit__(self, kind, error, trace):
        return self._stack.__exit__(kind, error, trace)

    def store(self, picture: Picture, drawn: Iterable[Drawn]) -> None:
        """Store a picture's files as an upload's are: decoded and drawn anew."""
        store_files(picture, drawn, self._files)
        picture.save(update_fields=["file", "width", "height", "renditions"])

    def look_up(self, ids: Iterable) -> None:
        """Load at once the updates of these ids, which `take` would look up one by one."""
        there = Update.objects.in_bulk(list(ids))
        self._updates.update({id: there.get(id) for id in ids})

    def found_update(self, update: Update) -> Update | None:
        """Return the database's row of an update, maybe of before its story was locked."""
        if update.pk in self._updates:
            return self._updates[update.pk]
        return row_of(update)

    def take(self, row) -> None:
        """Import one deserialised row; raises `FixtureImportError` where it is invalid."""
        obj = row.object
        self._require_allowed(obj)
        if obj._meta.app_label != Story._meta.app_label:
            row.save()
            return
        require_fit(row)
        if self._is_repeated(row):
            return
        try:
            IMPORTED_BY.get(type(obj), import_record)(row, self)
        except (IntegrityError, DataError) as error:
            raise FixtureImportError(f"{row_name(obj)}: {broken_rule(error)}") from error

    def _is_repeated(self, row):
        """Tell whether this story, update or picture was there; refuse one that says otherwise."""
        if not isinstance(row.object, GIVEN_ONCE):
            return False
        name, said = row_name(row.object), (content_of(row.object), str(row.m2m_data))
        if self._taken.setdefault(name, said) != said:
            raise FixtureImportError(f"{name}: given twice, with different content.")
        return self._taken[name] is not said

    def _require_allowed(self, obj):
        names = {obj._meta.label_lower, obj._meta.app_label}
        if type(obj) not in IMPORTED_BY and self.allowed.isdisjoint(names):
            raise FixtureImportError(
                f"A row of {obj._meta.label_lower} is no part of a story; "
                f"--allow {obj._meta.label_lower} takes such rows, "
                f"--exclude {obj._meta.label_lower} leaves them out."
            )
