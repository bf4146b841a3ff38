"""Whatever takes a person's text takes time in proportion to its length."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import pytest

from liveblog.editing import warnings
from liveblog.external_media import find_external_media
from liveblog.interchange.archive import Unreadable
from liveblog.interchange.document import DocumentError, find_citations, parse
from liveblog.interchange.formats import read_file, recognise
from liveblog.publishing import UpdateContent
from liveblog.queries.search import Query
from liveblog.rendering.search import excerpt, marked
from liveblog.richtext import (
    clean,
    enrich,
    from_plain_text,
    pictures_in,
    read_tokens,
    to_plain_text,
)
from liveblog.search_words import search_words
from liveblog.slugs import slugify
from liveblog.worddiff import word_diff

pytestmark = pytest.mark.any_database

# Each again and again: half a tag, half an address, one long word, spaces without an end, …
UNITS = [
    *(
        "<a",
        "</a",
        '<a href="',
        "<p a",
        "<",
        "<!",
        "<!--",
        "<?",
        "<![CDATA[",
        "</",
        "<a b=c d ",
        "<a/",
    ),
    *(
        "<p>",
        "<p>x",
        "<b>",
        "<b style=x>",
        "<b><!--</b>-->",
        "<div>",
        "<div><!--</div>-->",
        "<li><ul>",
    ),
    *("<blockquote>", "<td>", "<table>", "<b><p>", "<sup>", "<del>", "<svg>", "<script>", "<style"),
    *("<div><table></div></table>", "<span><div></span></div>", "<a href=https://a.b>x", "x<br>"),
    *(
        "<img data-picture=x>",
        "<b>\u00a0</b>",
        "&",
        "&#",
        "&amp;",
        "&#1",
        "x",
        "x@",
        "x.",
        "@",
        "@x.",
    ),
    *(
        "1",
        "1 ",
        "1.",
        "(1",
        "1-",
        "+",
        "-",
        "_",
        " ",
        "\t",
        "\u00a0",
        " \n",
        "\n",
        "\n\n",
        "x\n\n",
    ),
    *(
        '"',
        "'",
        '-"',
        '"x" ',
        "a b ",
        "停",
        "停電。",
        "Á",
        "e\u0301",
        "x' ",
        "https://",
        "https://a.b/",
    ),
    *("08:45\n", "Efe ", "A said ", "(AP) ", "A. B. ", "x (", "© ", "— ", "+++ "),
]
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


def _json_feed(text):
    item = {"id": "1", "content_html": text, "title": text, "authors": [{"name": text}]}
    moment = {"date_published": "2024-10-25T08:00:00Z"}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item | moment]})


def _ninjs(text):
    moment = {"versioncreated": "2024-10-25T08:00:00Z"}
    return json.dumps({"uri": "x", "headline": text, "body_html": text, "byline": text} | moment)


def _posts(text):
    item = {"text": text, "item_type": "text"}
    post = {"_id": "1", "headline": text, "groups": [{"refs": [{"item": item}]}]}
    return json.dumps({"posts": [post | {"published_date": "2024-10-25T08:00:00Z"}]})


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
    "read_file feed": _read_file(_json_feed, "feed"),
    "read_file ninjs": _read_file(_ninjs, "ninjs"),
    "read_file sourcefabric": _read_file(_posts, "sourcefabric"),
    "read_file page": _read_file("<html>{}".format, "liveblogposting"),
    "find_citations": lambda text: find_citations([text]),
    "Query.parse": Query.parse,
    "search_words": search_words,
    "excerpt": partial(excerpt, query=Query.parse('"a b" x 停電')),
    "marked": partial(marked, query=Query.parse('"a b" x 停電')),
}
SHORT, LONG = 5_000, 20_000  # characters
QUICK = 0.1  # seconds: what is done by then stops nobody
MOST = 8  # times as long as the short one; twice as long again would be 16


@pytest.mark.parametrize("entry", ENTRIES)
def test_time_grows_with_the_length_alone(entry):
    slow = [unit for unit in UNITS if _is_slow(ENTRIES[entry], unit)]

    assert slow == []


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
