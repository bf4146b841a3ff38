"""Documents as editors copy them from many houses, each read as an editor would read it.

Beside each document `houses/NAME.txt` lies `houses/NAME.read`, the outline of what it says.
"""

from pathlib import Path

import pytest

from liveblog.interchange import document as documents
from tests.interchange.document.outlines import outline

pytestmark = pytest.mark.any_database

HOUSES = sorted((Path(__file__).parent / "houses").glob("*.txt"))


@pytest.mark.parametrize("path", HOUSES, ids=[path.stem for path in HOUSES])
def test_document_is_read_as_an_editor_reads_it(path):
    read = documents.parse(path.read_bytes())

    assert outline(read) == path.with_suffix(".read").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", HOUSES, ids=[path.stem for path in HOUSES])
def test_no_line_is_in_no_part(path):
    read = documents.parse(path.read_bytes())

    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
    assert [each.text for each in read.lines] == [line for line in lines if line]
    words = outline(read)
    parts = [
        *(*read.introduction, read.headline, read.kicker, read.standfirst, *read.topics),
        *(each.text for each in read.left_out),
    ]
    assert all(part in words for part in parts)
