"""The words by which a row is found, kept beside it."""

from django.db import models

from liveblog.search_words import search_words


class SearchWordsField(models.TextField):
    """What `searched_texts` says when the row is saved, as `search_words` writes it."""

    def __init__(self, **kwargs):
        super().__init__(**{"editable": False, "serialize": False, "default": "", **kwargs})

    def pre_save(self, row, add):
        words = search_words(*row.searched_texts())
        setattr(row, self.attname, words)
        return words


class Searched(models.Model):
    """A row that is found by its words."""

    search_words = SearchWordsField()

    SEARCHED: frozenset[str] = frozenset()  # the fields that `searched_texts` reads

    class Meta:
        abstract = True

    def searched_texts(self) -> tuple[str, ...]:
        """Return the texts that are searched, the headline first."""
        raise NotImplementedError

    def save(self, *, update_fields=None, **kwargs):
        if update_fields is not None and self.SEARCHED & set(update_fields):
            update_fields = {*update_fields, "search_words"}
        super().save(update_fields=update_fields, **kwargs)
