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

from .reference_data import take_named, take_picture
from .related import take_correction, take_record, take_story_byline, take_update_part
from .stories import take_story
from .story_imports import StoryImports
from .updates import take_update
from .validation import FixtureImportError, require_fit, row_name

__all__ = ["FixtureImport", "FixtureImportError"]

TAKEN_BY: dict[type[Model], Callable] = {
    Source: take_named,
    Topic: take_named,
    Person: take_named,
    Picture: take_picture,
    Story: take_story,
    StoryByline: take_story_byline,
    Update: take_update,
    Attribution: take_update_part,
    UpdateByline: take_update_part,
    UpdatePicture: take_update_part,
    Correction: take_correction,
    OldAddress: take_record,
}


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

    def take(self, row) -> None:
        """Import one deserialised row; raises `FixtureImportError` where it is invalid."""
        obj = row.object
        self._require_allowed(obj)
        if obj._meta.app_label != Story._meta.app_label:
            row.save()
            return
        require_fit(row)
        try:
            TAKEN_BY.get(type(obj), take_record)(row, self)
        except (IntegrityError, DataError) as error:
            raise FixtureImportError(f"{row_name(obj)}: {error}") from error

    def _require_allowed(self, obj):
        names = {obj._meta.label_lower, obj._meta.app_label}
        if type(obj) not in TAKEN_BY and self.allowed.isdisjoint(names):
            raise FixtureImportError(
                f"A row of {obj._meta.label_lower} is no part of a story. Nothing was loaded; "
                f"--allow {obj._meta.label_lower} takes such rows, "
                f"--exclude {obj._meta.label_lower} leaves them out."
            )
