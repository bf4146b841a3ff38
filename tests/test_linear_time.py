"""Whatever takes a person's text takes time in proportion to its length."""

import inspect
import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import pytest

from liveblog import external_media, richtext, search_words, slugs, worddiff
from liveblog.editing import warnings
from liveblog.external_media import find_external_media
from liveblog.interchange import document
from liveblog.interchange.archive import Archive, Unreadable
from liveblog.interchange.document import DocumentError, find_citations, parse
from liveblog.interchange.document.languages import guess_language
from liveblog.interchange.document.picture_list import read_picture_list
from liveblog.interchange.formats import READERS, markup, read_file, recognise, repair
from liveblog.interchange.formats.php import PHPError, unserialize
from liveblog.interchange.formats.wordpress_text import has_key_command
from liveblog.publishing import UpdateContent
from liveblog.queries.search import Query
from liveblog.rendering import search
from liveblog.rendering.external_media import with_cards
from liveblog.rendering.search import excerpt, marked
from liveblog.richtext import (
    clean,
    enrich,
    from_plain_text,
    pictures_in,
    read_tokens,
    to_plain_text,
)
from liveblog.slugs import slugify
from liveblog.worddiff import word_diff

from . import hostile_texts

pytestmark = pytest.mark.any_database

SOURCE = UpdateContent(body="<p>x</p>")


def _parse(text):
    try:
        parse(f"Headline\n\nIt began.\n\nAgain\n\n{text}.\n\n{text}\n\nThe end.")
    except DocumentError as error:
        str(error)


def _read_file(make, format):
    """Read a file that holds the text wherever its format may."""

    def read(text):
        with suppress(Unreadable):
            read_file(make(text).encode(), format, zone=UTC, now=datetime.now(UTC))

    return read


def _unserialize(text):
    with suppress(PHPError):
        unserialize(text)


def _read_picture_list(text):
    with suppress(DocumentError):
        read_picture_list(f"[[pictures]]\nalt = {json.dumps(text)}")


ENTRIES = {
    "clean": clean,
    "enrich": lambda text: enrich(clean(text)),
    "from_plain_text": lambda text: from_plain_text([text]),
    "to_plain_text": to_plain_text,
    "pictures_in": pictures_in,
    "read_tokens": lambda text: list(read_tokens(text)),
    "find_external_media": find_external_media,
    "slugify": slugify,
    "word_diff": lambda text: word_diff(f"{text}x{text}", f"{text}y{text}z"),
    "warnings": lambda text: warnings.warnings(UpdateContent(body=text), recent=[SOURCE]),
    "has_phone_number": warnings.has_phone_number,
    "has_empty_link": warnings.has_empty_link,
    "parse": _parse,
    "recognise": lambda text: recognise(f"<{text}".encode()),
    "read_file document": _read_file("Headline\n\nIt began.\n\n{}".format, "document"),
    "read_file feed": _read_file(hostile_texts.json_feed, "feed"),
    "read_file ninjs": _read_file(hostile_texts.ninjs, "ninjs"),
    "read_file sourcefabric": _read_file(hostile_texts.posts, "sourcefabric"),
    "read_file liveblogposting": _read_file(hostile_texts.page, "liveblogposting"),
    "read_file guardian": _read_file(hostile_texts.guardian, "guardian"),
    "read_file liveblog": _read_file(hostile_texts.export, "liveblog"),
    "read_file wordpress": _read_file(hostile_texts.wordpress, "wordpress"),
    "unserialize": _unserialize,
    "read_html": lambda text: markup.read_html(text, Archive("x", "", "x")),
    "split_headline": markup.split_headline,
    "decode_again": repair.decode_again,
    "mend_words": repair.mend_words,
    "has_key_command": has_key_command,
    "guess_language": guess_language,
    "read_picture_list": _read_picture_list,
    "with_cards": lambda text: with_cards(enrich(clean(text))),
    "credited": document.credited,
    "find_citations": lambda text: find_citations([text]),
    "Query.parse": Query.parse,
    "search_words": search_words.search_words,
    "read_words": lambda text: list(search_words.read_words(text)),
    "fold": search_words.fold,
    "is_unspaced": search_words.is_unspaced,
    "excerpt": partial(excerpt, query=Query.parse('"a b" x 停電')),
    "marked": partial(marked, query=Query.parse('"a b" x 停電')),
}
MODULES = [richtext, warnings, document, slugs, search_words, worddiff, external_media, search]
# These take an id, a path, tokens of `read_tokens`, or rows whose texts `warnings`, `marked` and
# `parse` get.
OF_NO_TEXT = {"feed", "picture_source", "warnings_of", "search_page", "load", "plan"}
SHORT, LONG = 5_000, 20_000  # characters
QUICK = 0.1  # seconds: what is done by then stops nobody
MOST = 8  # times as long as the short one; twice as long again would be 16


@pytest.mark.thorough
@pytest.mark.parametrize("entry", ENTRIES)
def test_time_grows_with_the_length_alone(entry):
    slow = [unit for unit in hostile_texts.UNITS if _is_slow(ENTRIES[entry], unit)]

    assert slow == []


def test_every_public_function_is_fed():
    public = {name for module in MODULES for name in _functions_of(module)}

    assert public - OF_NO_TEXT - ENTRIES.keys() == set()
    assert {f"read_file {format}" for format in READERS} <= ENTRIES.keys()


def _functions_of(module):
    functions = inspect.getmembers(module, inspect.isfunction)
    names = getattr(module, "__all__", None)
    if names is not None:
        return [name for name, _function in functions if name in names]
    own = [name for name, function in functions if function.__module__ == module.__name__]
    return [name for name in own if not name.startswith("_")]


def _is_slow(function, unit):
    """Tell it of the best of three measurements: others' work makes single ones long."""
    return all(_seconds(function, unit, LONG) > _allowed(function, unit) for _ in range(3))


def _allowed(function, unit):
    return max(QUICK, MOST * _seconds(function, unit, SHORT))


def _seconds(function, unit, length):
    text = unit * (length // len(unit))
    began = time.process_time()
    function(text)
    return time.process_time() - began
