"""schema.org's LiveBlogPosting: which parts of it are entries, and in which state."""

import json
from datetime import UTC, datetime

import pytest

from liveblog.interchange.archive import DRAFT
from liveblog.interchange.formats import liveblogposting


def read(**update):
    update = {"headline": "CANARY", "datePublished": "2024-10-25T06:00:00Z", **update}
    page = {"@type": "LiveBlogPosting", "headline": "Strike", "liveBlogUpdate": [update]}
    now = datetime(2024, 10, 26, tzinfo=UTC)
    return liveblogposting.read(json.dumps(page).encode(), zone=UTC, now=now)[0]


@pytest.mark.parametrize(
    "said", [{"expires": "2024-10-25T08:00:00Z"}, {"creativeWorkStatus": "Draft"}]
)
def test_what_is_over_or_unfinished_is_a_draft(said):
    assert read(**said).entries[0].state == DRAFT


def test_what_expires_later_is_public():
    assert read(expires="2024-11-25T08:00:00Z").entries[0].state != DRAFT


def test_comment_of_a_reader_is_no_entry():
    archive = read(**{"@type": "Comment"})

    assert (archive.entries, archive.refused) == ([], [])
    assert "a reader's comment" in str(archive.warnings[0])
