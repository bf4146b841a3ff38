"""Find by their words the stories and updates that readers may see.

PostgreSQL looks into the column `search`, which its triggers keep (see the migration):
whole words, in the forms of the story's language, best matches first. Other databases
compare letters: every word is to be contained, headlines before texts, newest first.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, reduce
from itertools import islice
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import connection
from django.db.models import Case, F, Func, OuterRef, Q, Value, When

from liveblog.models.related import RelatedRows, load_related
from liveblog.models.source import Attribution
from liveblog.models.story import Story
from liveblog.models.update import Update
from liveblog.richtext import to_plain_text

LONGEST = 200  # characters of a query that count
MOST_WORDS = 12
MOST_UPDATES = 50
MOST_STORIES = 10
MOST_CANDIDATES = 400  # rows whose letters fit, read to see whether their words do

FORMS = """
SELECT word FROM unnest(%s::text[]) AS word, unnest(%s::text[]) AS language
WHERE tsvector_to_array(to_tsvector(liveblog_search_config(language), word))
   && tsvector_to_array(to_tsvector(liveblog_search_config(language), %s))
"""
TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
WORD = re.compile(r"\w+")
QUOTES = str.maketrans("“”„«»", '"' * 5)


@dataclass(frozen=True)
class Query:
    """What a reader asked for: as written, within bounds, and as it is compared."""

    asked: str = ""
    text: str = ""
    terms: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @classmethod
    def parse(cls, asked: str) -> "Query":
        """Read words, "phrases" and -refusals; whatever is too much is left away."""
        printable = "".join(
            " " if unicodedata.category(char)[0] in "CZ" else char
            for char in unicodedata.normalize("NFC", asked[:LONGEST])
        )
        printable = printable.translate(QUOTES)
        asked = " ".join(printable.split()[:MOST_WORDS])
        text = asked.lower()
        terms: dict[bool, list[str]] = {True: [], False: []}
        for minus, phrase, word in TERM.findall(text):
            words = " ".join(WORD.findall(phrase or word))
            if words and words != "or":
                terms[not minus].append(words)
        return cls(asked, text, tuple(terms[True]), tuple(terms[False]))

    def __bool__(self):
        return bool(self.terms)

    def fits(self, text: str) -> bool:
        """Tell whether a text contains every term and none of the refused."""
        words = f" {' '.join(WORD.findall(text.lower()))} "
        refused = (f" {term} " in words for term in self.refused)
        return all(term in words for term in self.terms) and not any(refused)


@dataclass(frozen=True)
class Found:
    """What was found, the best first; `words` of their texts are those asked for."""

    stories: list[Story] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    is_more: bool = False
    words: frozenset[str] = frozenset()


def search_story(story: Story, query: Query) -> Found:
    """Find updates in a public story."""
    updates = _find(story.updates.public(), query, [story.language], MOST_UPDATES)
    for update in updates:
        update.story = story
    return _found(query, [], updates)


def search_all(query: Query) -> Found:
    """Find updates in all public stories, and stories by their own headline and standfirst."""
    public = Story.objects.public()
    languages = [*public.order_by("language").values_list("language", flat=True).distinct()]
    stories = _find(public, query, languages, MOST_STORIES)
    updates = _find(Update.objects.public(), query, languages, MOST_UPDATES)
    return _found(query, stories, updates)


def _load(rows, ids):
    """Load some rows in the order of their ids, updates with their story and sources."""
    found = rows.filter(pk__in=ids)
    if rows.model is Update:
        found = load_related(found.select_related("story"), attributions=_sources())
    return sorted(found, key=lambda row: ids.index(row.pk))


@cache
def _sources() -> RelatedRows:
    return RelatedRows(Attribution.objects.filter(update=OuterRef("pk")), follow=["source"])


def _found(query, stories, updates):
    shown = [*stories[:MOST_STORIES], *updates[:MOST_UPDATES]]
    texts = [text_of(each) for each in shown]
    languages = {
        each.language if isinstance(each, Story) else each.story.language for each in shown
    }
    words = _words_to_mark(texts, query, languages)
    is_more = len(stories) + len(updates) > len(shown)
    return Found(stories[:MOST_STORIES], updates[:MOST_UPDATES], is_more=is_more, words=words)


def text_of(row: Story | Update) -> str:
    """Return all that is searched of a row, as plain text."""
    if isinstance(row, Story):
        return f"{row.headline}\n{row.kicker}\n{row.standfirst}"
    sources = [f"{each.source.name} {each.source.credit_line}" for each in row.attributions.all()]
    return "\n".join([row.headline, *sources, to_plain_text(row.body)])


def _find(rows, query, languages, most):
    """Return the best rows, one more than `most` where there are more."""
    if not query or not languages:
        return []
    if connection.vendor == "postgresql":
        ranked = _ranked(rows, query, languages).values_list("pk", flat=True)
        return _load(rows, list(ranked[: most + 1]))
    alike = list(_alike(rows, query).values_list("pk", flat=True)[:MOST_CANDIDATES])
    batches = (alike[start : start + most + 1] for start in range(0, len(alike), most + 1))
    candidates = (row for ids in batches for row in _load(rows, ids))
    return list(islice((row for row in candidates if query.fits(text_of(row))), most + 1))


# -- PostgreSQL


def _ranked(rows, query, languages):
    table, prefix = rows.model._meta.db_table, "" if rows.model is Story else "story__"
    kept = Func(template=f'"{table}"."search"', output_field=SearchVectorField())
    asked = {language: _tsquery(query, language) for language in languages}
    fits = [Q(**{f"{prefix}language": each, "search": asked[each]}) for each in asked]
    rank = SearchRank(F("search"), _any(asked.values()))
    found = rows.alias(search=kept).filter(_any(fits)).alias(rank=rank)
    return found.order_by("-rank", _newest(rows), "-pk")


def _tsquery(query, language):
    config = Func(Value(language), function="liveblog_search_config")
    return SearchQuery(query.text, config=config, search_type="websearch")


def _forms_in(words: set[str], query, languages) -> set[str]:
    """Return those of some words that are a form of what was asked for."""
    with connection.cursor() as cursor:
        cursor.execute(FORMS, [[*words], [*languages], " ".join(query.terms)])
        return {word for (word,) in cursor.fetchall()}


# -- other databases


def _alike(rows, query):
    """Rows that hold the letters of every word asked for; markup may hold them too."""
    texts = ["headline", "kicker", "standfirst"] if rows.model is Story else ["headline", "body"]
    in_headline = Q()
    for word in dict.fromkeys(" ".join(query.terms).split()):
        holds = _holding(word, texts)
        if rows.model is Update:
            cited = Attribution.objects.filter(
                _holding(word, ["source__name", "source__credit_line"])
            )
            holds |= Q(pk__in=cited.values("update"))
        rows = rows.filter(holds)
        in_headline &= _holding(word, ["headline"])
    return rows.order_by(Case(When(in_headline, then=0), default=1), _newest(rows), "-pk")


def _holding(word, columns):
    """SQLite compares letters in either case in ASCII alone."""
    cases = {word} if word.isascii() else {word, word.capitalize(), word.upper()}
    return _any(Q(**{f"{each}__icontains": case}) for each in columns for case in sorted(cases))


# -- both


def _newest(rows):
    return "-last_updated_at" if rows.model is Story else "-published_at"


def _any(conditions):
    return reduce(or_, conditions)


def _words_to_mark(texts, query, languages) -> frozenset[str]:
    words = {word for text in texts for word in WORD.findall(text.lower())}
    if connection.vendor == "postgresql":
        return frozenset(_forms_in(words, query, languages))
    asked = " ".join(query.terms).split()
    return frozenset(word for word in words if any(each in word for each in asked))
