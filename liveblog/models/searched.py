"""The words column of searchable rows."""

from collections.abc import Iterable

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from liveblog.search_words import search_words


class _WordsOfTheRow(DeferredAttribute):
    """Computed on every read: raw saves don't call `pre_save`."""

    def __get__(self, row, cls=None):
        return self if row is None else search_words(*row.searched_texts())

    def __set__(self, row, value):
        row.__dict__[self.field.attname] = value  # Django takes what is absent for deferred


class SearchWordsField(models.TextField):
    """The normalised words of `searched_texts`, written whenever the row is saved."""

    descriptor_class = _WordsOfTheRow

    def __init__(self, **kwargs):
        super().__init__(**{"editable": False, "serialize": False, "default": "", **kwargs})


class Searched(models.Model):
    """A model with a words column."""

    search_words = SearchWordsField()

    SEARCHED: frozenset[str] = frozenset()  # the fields that `searched_texts` reads

    class Meta:
        abstract = True

    def searched_texts(self) -> tuple[str, ...]:
        """Return the texts that are searched, the headline first."""
        raise NotImplementedError

    def save(self, *, update_fields=None, **kwargs):
        if update_fields is not None:
            update_fields = self.with_words(update_fields)
        super().save(update_fields=update_fields, **kwargs)

    def with_words(self, names: Iterable[str]) -> set[str]:
        """Return the fields to save with some: the words where they are of one of these."""
        return {*names, "search_words"} if self.SEARCHED & {*names} else {*names}
