"""Documents: which update of an earlier reading an entry is."""

from datetime import UTC, datetime

import pytest

from liveblog.interchange.formats import document

START = "Vote in the council\n\nThe council meets.\n\n"
OPEN, DEBATE, VOTE = (
    "08:00\nThe hall is full.\n\n",
    "08:30\nThe mayor speaks first.\n\n",
    ("09:00\nIt is a yes.\n\n"),
)


def ids(*updates):
    text = START + "".join(updates)
    now = datetime(2024, 10, 26, tzinfo=UTC)
    (archive,) = document.read(text.encode(), zone=UTC, now=now)
    return {each.body: each.id for each in archive.entries}


@pytest.mark.parametrize(
    ("before", "after"),
    [([OPEN, DEBATE], [OPEN, DEBATE, VOTE]), ([DEBATE, OPEN], [VOTE, DEBATE, OPEN])],
)
def test_newer_update_leaves_the_others_ids(before, after):
    known = ids(*before)

    assert len(known) == 2
    assert ids(*after).items() > known.items()
