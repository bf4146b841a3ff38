"""Feeds: which of their items are entries."""

import json
from datetime import UTC

from liveblog.interchange.archive import RETRACTED
from liveblog.interchange.formats import feed


def read(*items):
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "Strike", "items": items}
    return feed.read(json.dumps(data).encode(), zone=UTC)[0]


def test_second_text_of_one_id_is_refused():
    first, second = ({"id": "1", "content_text": text} for text in ("One.", "Two."))
    archive = read(first, second, first)

    assert [each.body for each in archive.entries] == ["<p>One.</p>"]
    assert [(each.where, each.id) for each in archive.refused] == [("item 2", "1")]


def test_tombstone_and_its_entry_are_one():
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
    <entry><id>1</id><title>CANARY</title></entry>
    <at:deleted-entry ref="1" when="2024-10-25T06:00:00Z"/></feed>"""
    (archive,) = feed.read(data, zone=UTC)

    assert [each.state for each in archive.entries] == [RETRACTED]
    assert archive.refused == []
