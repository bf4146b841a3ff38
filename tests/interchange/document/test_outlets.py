"""Documents as editors copy them from many outlets, each read as an editor would read it.

Beside each document `outlets/NAME.txt` lies `outlets/NAME.read`, the outline of what it says.
"""

import re
from pathlib import Path

import pytest

from liveblog.interchange import document as documents
from liveblog.interchange.document.vocabulary import words
from tests.interchange.document.outlines import outline

pytestmark = pytest.mark.any_database

WORD = re.compile(r"[^\W\d_]{3,}")
TABLES = ("photo", "caption", "byline", "byline_notes", "and", "staff", "before_staff")
# Before a picture's credit, its caption and a byline these say what follows, and go.
LABELS = {word for table in TABLES for each in words(table) for word in each.split()}
DOCUMENTS = sorted((Path(__file__).parent / "outlets").glob("*.txt"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_document_is_read_as_an_editor_reads_it(path):
    read = documents.parse(path.read_bytes())

    assert outline(read) == path.with_suffix(".read").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_every_word_is_in_the_story_or_among_what_is_left_out(path):
    read = documents.parse(path.read_bytes())

    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
    assert [each.text for each in read.lines] == [line for line in lines if line]
    read_words = set(WORD.findall(outline(read).casefold()))
    for each in read.lines:
        if not each.part.startswith("time"):
            said = set(WORD.findall(each.text.casefold()))
            assert said - read_words <= LABELS, each
