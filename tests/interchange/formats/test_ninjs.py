"""ninjs: what comes with an item."""

import json
from datetime import UTC, datetime

import pytest

from liveblog.interchange.archive import RETRACTED
from liveblog.interchange.formats import ninjs

NOW = datetime(2024, 10, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [{"pubstatus": "canceled"}, {"pubstatus": "withheld"}, {"embargoed": "2999-01-01T00:00:00Z"}],
)
def test_picture_that_is_not_public_stays_out(said):
    picture = {"uri": "p", "type": "picture", "description_text": "CANARY", **said}
    item = {"uri": "u", "headline": "Strike", "versioncreated": "2024-10-25T06:00:00Z"}
    item["associations"] = {"main": picture}

    archive = ninjs.read(json.dumps(item).encode(), zone=UTC, now=NOW)[0]

    assert (archive.pictures, archive.entries[0].pictures) == ({}, ())


def versions(*said):
    item = {"uri": "u", "pubstatus": "usable"}
    data = json.dumps([{**item, **each} for each in said]).encode()
    (entry,) = ninjs.read(data, zone=UTC, now=NOW)[0].entries
    return entry


FIRST = {"headline": "Old", "version": 1, "versioncreated": "2024-10-25T06:00:00Z"}
SECOND = {"headline": "New", "version": 2, "versioncreated": "2024-10-25T07:00:00Z"}


@pytest.mark.parametrize("said", [{"versioncreated": "2024-10-25T08:00:00Z"}, {"version": 3}, {}])
def test_cancel_counts_however_it_is_numbered(said):
    assert versions({"pubstatus": "canceled", **said}, SECOND, FIRST).state == RETRACTED


def test_number_counts_where_each_version_has_one():
    entry = versions({"headline": "Newest", "version": 3}, SECOND, FIRST)

    assert entry.headline == "Newest"
    assert [past.headline for past in entry.history] == ["Old", "New"]
