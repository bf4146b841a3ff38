"""ninjs: what comes with an item."""

import json
from datetime import UTC, datetime

import pytest

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
