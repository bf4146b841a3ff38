"""Feeds: which of their items are entries."""

import json
from datetime import UTC

import pytest

from liveblog import richtext
from liveblog.interchange.archive import RETRACTED, Unreadable
from liveblog.interchange.formats import feed


def read(*items):
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "Strike", "items": items}
    return feed.read(json.dumps(data).encode(), zone=UTC)[0]


def test_second_text_of_one_id_is_refused():
    first, second = ({"id": "1", "content_text": text} for text in ("One.", "Two."))
    archive = read(first, second, first)

    assert [each.body for each in archive.entries] == ["<p>One.</p>"]
    assert [(each.where, each.id) for each in archive.refused] == [("item 2", "1")]


def test_plain_text_keeps_what_looks_like_a_tag():
    text = "Use <b> for bold & &lt;i&gt; too.\n\nThen <script>."
    (entry,) = read({"id": "1", "title": "The <b> element", "content_text": text}).entries

    assert entry.headline == "The <b> element"
    assert entry.body == (
        "<p>Use &lt;b&gt; for bold &amp; &amp;lt;i&amp;gt; too.</p><p>Then &lt;script&gt;.</p>"
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("", "<p>Use &lt;b&gt; now.</p>"),
        (' type="text"', "<p>Use &lt;b&gt; now.</p>"),
        (' type="html"', "<p>Use <b> now.</b></p>"),
    ],
)
def test_text_of_atom_is_plain_unless_its_type_says_otherwise(kind, words):
    data = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The &lt;b&gt; day</title>
    <entry><id>1</id><title>On &lt;b&gt;</title><updated>2024-10-25T06:00:00Z</updated>
    <content{kind}>Use &lt;b&gt; now.</content></entry></feed>"""
    (archive,) = feed.read(data.encode(), zone=UTC)

    assert archive.headline == "The <b> day"
    (entry,) = archive.entries
    assert entry.headline == "On <b>"
    assert richtext.clean(entry.body) == richtext.clean(words)


@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="UTF-8"?>'])
def test_feed_that_is_not_utf_8_names_the_byte(declared):
    data = f"{declared}<rss><channel>\n<item><title>Caf\xe9</title></item></channel></rss>"

    with pytest.raises(Unreadable, match="line 2: this is not UTF-8: byte 0xE9"):
        feed.read(data.encode("latin-1"), zone=UTC)


def test_feed_in_the_charset_that_it_declares_is_read():
    declared = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    data = (
        f"{declared}<rss><channel><item><guid>1</guid><title>Caf\xe9</title></item></channel></rss>"
    )

    assert feed.read(data.encode("latin-1"), zone=UTC)[0].entries[0].headline == "Café"


def test_tombstone_and_its_entry_are_one():
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
    <entry><id>1</id><title>CANARY</title></entry>
    <at:deleted-entry ref="1" when="2024-10-25T06:00:00Z"/></feed>"""
    (archive,) = feed.read(data, zone=UTC)

    assert [each.state for each in archive.entries] == [RETRACTED]
    assert archive.refused == []
