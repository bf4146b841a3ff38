"""Find by their words the stories and updates that readers may see.

Rows hold their words normalised (`search_words`), so that every database compares them
alike: the words asked for are to be there one by one, phrases in a row,
headlines before texts, the newest first. PostgreSQL has an index that finds the rows.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from django.db import connection
from django.db.models import BooleanField, Case, F, Func, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex

from liveblog.models.picture import Picture
from liveblog.models.source import Attribution, Source
from liveblog.models.story import Story
from liveblog.models.update import Update
from liveblog.search_words import BREAK, is_unspaced, read_words

LONGEST = 200  # characters of a query that count
MOST_WORDS = 12
MOST_UPDATES = 50
MOST_STORIES = 10
MOST_SOURCES = 500
SHORTEST_START = 4  # letters of a word that also finds longer ones: bridge, bridges
HANGUL = re.compile("[\uac00-\ud7af]")  # to which particles are attached: 서울 finds 서울에서

TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
QUOTES = str.maketrans("“”„«»", '"' * 5)


@dataclass(frozen=True)
class Term:
    """Words in a row; the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    is_start: bool = False

    def __str__(self):
        return f" {' '.join(self.words)}{'' if self.is_start else ' '}"

    def spans_in(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Yield the spans of words at which the term occurs in a text."""
        *whole, last = self.words
        for end, word in enumerate(words, 1):
            start = end - len(self.words)
            is_last = word.startswith(last) if self.is_start else word == last
            if is_last and start >= 0 and words[start : end - 1] == whole:
                yield start, end


@dataclass(frozen=True)
class Query:
    """A search query: as typed, within bounds, and parsed into terms."""

    asked: str = ""
    terms: tuple[Term, ...] = ()
    refused: tuple[Term, ...] = ()

    @classmethod
    def parse(cls, asked: str, *, shortest_start: int = SHORTEST_START) -> "Query":
        """Read words, "phrases" and -refusals; what is over the limits is left out."""
        printable = "".join(
            " " if unicodedata.category(char)[0] in "CZ" else char
            for char in unicodedata.normalize("NFC", asked[:LONGEST])
        )
        asked = " ".join(printable.translate(QUOTES).split()[:MOST_WORDS])
        terms: dict[bool, list[Term]] = {True: [], False: []}
        for minus, phrase, word in TERM.findall(asked):
            words = tuple(each.folded for each in read_words(phrase or word))
            if words and words != ("or",):
                is_long = len(words[-1]) >= shortest_start or HANGUL.match(words[-1])
                is_start = word and not minus and is_long
                terms[not minus].append(Term(words, bool(is_start and not is_unspaced(words[-1]))))
        return cls(asked, tuple(terms[True]), tuple(terms[False]))

    def __bool__(self):
        return bool(self.terms)


@dataclass(frozen=True)
class Found:
    """What was found, the best first; `query` knows its words in their texts."""

    query: Query = field(default_factory=Query)
    stories: list[Story] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    is_more: bool = False


def search_story(story: Story, query: Query) -> Found:
    """Find updates in a public story."""
    updates = _find(story.updates.public(), query, MOST_UPDATES)
    for update in updates:
        update.story = story
    return _found(query, [], updates)


def search_all(query: Query) -> Found:
    """Find updates in all public stories, and stories by their own headline and standfirst."""
    stories = _find(Story.objects.public(), query, MOST_STORIES)
    updates = _find(Update.objects.public(), query, MOST_UPDATES)
    return _found(query, stories, updates)


def _found(query, stories, updates):
    is_more = len(stories) > MOST_STORIES or len(updates) > MOST_UPDATES
    return Found(query, stories[:MOST_STORIES], updates[:MOST_UPDATES], is_more=is_more)


def matching(rows: QuerySet, query: Query, *, by_index: bool = False) -> QuerySet:
    """Rows that hold every term and none of the refused, or whose sources' names do.

    `by_index` where the rows' own table leads the query, not one inside another.
    """
    by_index = by_index and connection.vendor == "postgresql"
    cited = _sources_of(query) if rows.model in CITES else {}
    for term in query.terms:
        index = Q(_IsIndexed(term, rows.model)) if by_index else Q()
        rows = rows.filter(index & _contains(term) | _cites(rows.model, cited.get(term)))
    for term in query.refused:
        rows = rows.exclude(_contains(term) | _cites(rows.model, cited.get(term)))
    return rows


def _find(rows, query, most):
    """Return the best rows, one more than `most` where there are more."""
    if not query:
        return []
    newest = "-last_updated_at" if rows.model is Story else "-published_at"
    found = _headlines_first(matching(rows, query, by_index=True), query).order_by(
        "rank", newest, "-pk"
    )
    return _load(rows, list(found.values_list("pk", flat=True)[: most + 1]))


def _headlines_first(rows, query):
    """Rank by whether every term occurs before the break that ends the headline."""
    places = {
        f"place_{number}": StrIndex("search_words", Value(str(term)))
        for number, term in enumerate(query.terms)
    }
    rows = rows.alias(end=StrIndex("search_words", Value(BREAK)), **places)
    inside = reduce(and_, (Q(**{f"{each}__gt": 0, f"{each}__lt": F("end")}) for each in places))
    return rows.alias(rank=Case(When(inside, then=0), default=1))


def _contains(term):
    return Q(search_words__contains=str(term))


def _cites(model, sources):
    return CITES[model](sources) if sources else Q()


def _rests_on(sources):
    return Q(pk__in=Attribution.objects.filter(source__in=sources).values("update"))


CITES = {Update: _rests_on, Picture: lambda sources: Q(credit__in=sources)}


class _IsIndexed(Func):
    """Whether the vector that PostgreSQL keeps of a row's words has those of a term.

    It knows nothing of their order.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, term, model):
        table = model._meta.db_table
        words = [f"'{word}'" for word in term.words]
        asked = " & ".join(words) + (":*" if term.is_start else "")
        super().__init__(Value(asked), template=f'"{table}"."search" @@ %(expressions)s::tsquery')


def _sources_of(query):
    """Return for each term the sources whose names hold it."""
    terms = [*query.terms, *query.refused]
    if not terms:
        return {}
    holds = reduce(or_, map(_contains, terms))
    rows = Source.objects.filter(holds).values_list("pk", "search_words")[:MOST_SOURCES]
    named = list(rows)
    return {term: [pk for pk, words in named if str(term) in words] for term in terms}


def _load(rows, ids):
    """Load some rows in the order of their ids, updates with their story and sources."""
    found = rows.filter(pk__in=ids)
    if rows.model is Update:
        cited = Prefetch("attributions", Attribution.objects.select_related("source"))
        found = found.select_related("story").prefetch_related(cited)
    return sorted(found, key=lambda row: ids.index(row.pk))
