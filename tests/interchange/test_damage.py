"""Damaged and hostile files: every entry is accounted for, or one sentence says why not."""

import base64
import gzip
import json
import random
import zlib
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liveblog.interchange.archive import Unreadable
from liveblog.interchange.formats import READERS, files, read_file
from liveblog.interchange.importing import CannotImport, Plan, import_archives
from liveblog.interchange.ledger import COUNTED
from liveblog.models import Picture, Story, Update
from liveblog.publishing import PublishingError
from tests.interchange.importing import bring_in
from tests.interchange.samples import FOLDER
from tests.interchange.test_samples import SAMPLES

pytestmark = pytest.mark.django_db

JUNK = [None, True, 0, -1, 2**40, 1.5, "", "x", "0000-00-00", "\0", "\ud800", "<", [], {}, [[]]]
NOW = datetime.now(UTC)
quick = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def account_for(data: bytes, format: str) -> None:
    """Read and try to import; only what the command answers with a sentence may be raised."""
    try:
        name, archives = read_file(data, format, zone=UTC, now=datetime.now(UTC))
        counts = [len(each) for each in archives]
        ledgers = import_archives(archives, name, Plan(publish=True, dry_run=True))
    except (Unreadable, CannotImport):
        return
    for ledger, entries in zip(ledgers, counts, strict=True):
        account = ledger.as_data()
        counted = sum(account[name] for name in COUNTED) + len(account["refused"])
        assert account["entries"] == counted == entries
    assert not Story.objects.exists()


def import_twice(data: bytes, format: str) -> None:
    """Really import what is damaged: the account is whole, and the second time is nothing."""
    with transaction.atomic():
        try:
            first, second = (_imported(data, format) for _time in range(2))
        except (Unreadable, CannotImport, PublishingError):
            first = second = []
        transaction.set_rollback(True)
    for before, after in zip(first, second, strict=True):
        assert after["entries"] == before["entries"]
        assert (after["imported"], after["updated"], after["retracted"]) == (0, 0, 0)
        assert after["refused"] == before["refused"]


def _imported(data, format):
    name, archives = read_file(data, format, zone=UTC, now=NOW)
    counts = [len(each) for each in archives]
    accounts = [each.as_data() for each in import_archives(archives, name, Plan(publish=True))]
    sums = [sum(each[name] for name in COUNTED) + len(each["refused"]) for each in accounts]
    assert [each["entries"] for each in accounts] == sums == counts
    return accounts


def put_junk(value, chance: random.Random):
    """Replace some values of a JSON value, and take some keys away."""
    if chance.random() < 0.04:
        return chance.choice(JUNK)
    if isinstance(value, list):
        return [put_junk(each, chance) for each in value]
    if isinstance(value, dict):
        return {k: put_junk(v, chance) for k, v in value.items() if chance.random() > 0.02}
    return value


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in SAMPLES if name.endswith(".json")])
@quick
@given(seed=st.integers(0, 2**32))
def test_json_with_junk_in_it_is_accounted_for(name, seed):
    value = put_junk(json.loads((FOLDER / name).read_bytes()), random.Random(seed))

    account_for(json.dumps(value).encode(), name.partition("/")[0])


@pytest.mark.thorough
@pytest.mark.parametrize("name", SAMPLES)
@quick
@given(seed=st.integers(0, 2**32))
def test_file_with_broken_bytes_is_accounted_for(name, seed):
    account_for(break_bytes(name, seed), name.partition("/")[0])


def break_bytes(name, seed):
    chance, data = random.Random(seed), bytearray((FOLDER / name).read_bytes())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 40)] = chance.choice(
            [b"", b"\0", b"\xff", b"<", b'"', b"]"]
        )
    return bytes(data)


few = settings(quick, max_examples=4)


@pytest.mark.thorough
@pytest.mark.parametrize("name", SAMPLES)
@few
@given(seed=st.integers(0, 2**32))
def test_damaged_file_comes_in_once(name, seed):
    if name.endswith(".json"):
        value = put_junk(json.loads((FOLDER / name).read_bytes()), random.Random(seed))
        import_twice(json.dumps(value).encode(), name.partition("/")[0])
    import_twice(break_bytes(name, seed), name.partition("/")[0])


@pytest.mark.parametrize("format", READERS)
@quick
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything_is_answered(format, data):
    account_for(data, format)


HOSTILE = {
    "entities": b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;',
    "outer entity": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>',
    "deep xml": b"<rss>" + b"<a>" * 200_000,
    "deep json": b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 200_000,
    "wide json": b'{"posts": [' + b"{}," * 1_000_000 + b"{}]}",
    "wrong charset": b'<?xml version="1.0" encoding="utf-8"?><rss><channel>\xe9</channel></rss>',
    "unknown charset": b'<?xml version="1.0" encoding="x-klingon"?><rss/>',
    "utf-16 cut": b"\xff\xfe<\x00r",
    "page without data": b"<html><body>" + b"<div>" * 100_000,
    "zeros": b"\0" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_one_sentence(name, tmp_path):
    path = tmp_path / "hostile"
    path.write_bytes(HOSTILE[name])

    with pytest.raises(CommandError) as raised:
        call_command("import_story", path, stdout=StringIO(), stderr=StringIO())

    assert raised.value.returncode == 2
    assert str(raised.value).count("\n") == 0
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("data", [gzip.compress(b"<rss/>"), b"PK\x03\x04"], ids=["gzip", "zip"])
def test_packed_file_is_to_be_unpacked(data):
    with pytest.raises(Unreadable, match="unpack it first"):
        read_file(data, zone=UTC, now=datetime.now(UTC))


FEED_START = b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": ['
COMMENT = b"<wp:comment><wp:comment_type>liveblog</wp:comment_type></wp:comment>"
CROWDED = {
    "rss": b"<rss><channel>" + b"<item/>" * 101 + b"</channel></rss>",
    "atom": b'<feed xmlns="http://www.w3.org/2005/Atom">' + b"<entry/>" * 101 + b"</feed>",
    "wordpress": b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>'
    + COMMENT * 101
    + b"</item></channel></rss>",
    "json feed": FEED_START + b"{}," * 100 + b"{}]}",
    "sourcefabric": b'{"_items": [' + b"{}," * 100 + b"{}]}",
    "ninjs": b'[{"uri": "u"}' + b',{"uri": "u"}' * 100 + b"]",
    "guardian": b'{"id": "i", "blocks": {"body": [' + b"{}," * 100 + b"{}]}}",
    "liveblogposting": b'{"@type": "LiveBlogPosting", "liveBlogUpdate": ['
    + b'{"a":1},' * 100
    + b"{}]}",
}


def test_values_of_all_scripts_of_a_page_count_together(monkeypatch):
    monkeypatch.setattr(files, "MOST_VALUES", 100)
    script = b'<script type="application/ld+json">[' + b"1," * 40 + b"1]</script>"

    with pytest.raises(Unreadable, match="more than 100 values"):
        read_file(b"<html>" + 3 * script, "liveblogposting", zone=UTC, now=NOW)


@pytest.mark.parametrize("name", CROWDED)
def test_more_entries_than_memory_can_hold_are_refused(name, monkeypatch):
    monkeypatch.setattr(files, "MOST_ENTRIES", 100)

    with pytest.raises(Unreadable, match="more than 100 entries"):
        read_file(CROWDED[name], zone=UTC, now=datetime.now(UTC))


def test_number_of_a_million_digits_takes_no_time(tmp_path):
    path = tmp_path / "item.json"
    path.write_text('{"uri": "u", "type": "text", "version": ' + "9" * 1_000_000 + "}")

    assert bring_in(path, tmp_path)[1]["entries"] == 1


def test_file_of_100_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)

    with pytest.raises(CommandError, match="100 MB; 64 MB is the most"):
        call_command("import_story", path)


def test_carried_bomb_stays_small():
    from liveblog.admin.story_import import MOST_BYTES, _unpack

    bomb = base64.b64encode(zlib.compress(b"a" * (MOST_BYTES + 2**20))).decode()

    assert len(_unpack(bomb)) == MOST_BYTES + 1


@pytest.mark.parametrize(
    "body", ["<div>" * 100_000, "<!--" * 100_000, "&" * 200_000, "[caption" * 9000]
)
def test_hostile_body_is_read_in_time_or_refused(tmp_path, body):
    item = {"id": "1", "content_html": body, "date_published": "2024-01-01T00:00:00Z"}
    other = {"id": "2", "content_text": "Fine.", "date_published": "2024-01-01T00:00:00Z"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item, other]}
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(feed))

    _code, ledger = bring_in(path, tmp_path)

    assert ledger["entries"] == 2
    assert Update.objects.filter(body="<p>Fine.</p>").count() == 1


def test_failed_import_leaves_nothing(tmp_path, monkeypatch):
    from liveblog.publishing import archive_import

    def fail(self, state=None):
        raise KeyboardInterrupt

    monkeypatch.setattr(archive_import.ArchiveImport, "finish", fail)

    with pytest.raises(KeyboardInterrupt):
        bring_in(FOLDER / "guardian/flood.json", tmp_path)

    assert not Story.objects.exists()
    assert not Update.objects.exists()
    assert not Picture.objects.exists()
