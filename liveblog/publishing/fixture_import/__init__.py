"""Take rows of a fixture into a running newsroom.

Rows come as Django's deserialiser makes them, parents first, as `dumpdata` writes them.
Sources, topics and people that exist are looked up, not overwritten. A story's rows that
really differ from the database's are saved with the database's counters and this
import's revision; what does not differ is left alone, so the same file twice changes
nothing.
"""

from collections.abc import Callable

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from liveblog.models import (
    Attribution,
    Correction,
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

from .reference_data import take_named, take_picture
from .related import take_correction, take_record, take_story_byline, take_update_part
from .stories import take_story
from .story_imports import StoryImports
from .updates import take_update
from .validation import FixtureImportError, require_fit, told

__all__ = ["Adoption", "AdoptionError"]

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
}


class FixtureImport:
    """One import in one transaction, which commits when all rows were taken."""

    def __init__(self, *, overwrite: bool = False):
        self.pictures: list[Picture] = []
        self.notes: list[str] = []
        self.stories = StoryImports(overwrite=overwrite)
        self._atomic = transaction.atomic()

    def __enter__(self):
        self._atomic.__enter__()
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            try:
                self.stories.finish()
            except BaseException as raised:
                self._atomic.__exit__(type(raised), raised, raised.__traceback__)
                raise
        return self._atomic.__exit__(kind, error, trace)

    def take(self, row) -> None:
        """Take one deserialised row; raises `AdoptionError` where it is not fit to be kept."""
        obj = row.object
        if obj._meta.app_label != Story._meta.app_label:
            row.save()
            return
        require_fit(row)
        try:
            TAKEN_BY.get(type(obj), take_record)(row, self)
        except (IntegrityError, DataError) as error:
            raise FixtureImportError(f"{told(obj)}: {error}") from error
