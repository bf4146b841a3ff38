"""Posts of Sourcefabric's Live Blog: what is news, and in which state."""

import json
from datetime import UTC, datetime

import pytest

from liveblog.interchange.archive import RETRACTED
from liveblog.interchange.formats import sourcefabric


def read(*posts):
    data = json.dumps(
        {"_items": [{"_id": str(n), "blog": "b", **each} for n, each in enumerate(posts)]}
    )
    return sourcefabric.read(data.encode(), zone=UTC, now=datetime(2024, 10, 25, tzinfo=UTC))[0]


def post(item_type="text", **columns):
    item = {"item_type": item_type, "text": "CANARY"}
    return {"post_status": "open", "groups": [{"refs": [{"item": item}]}], **columns}


@pytest.mark.parametrize(
    "said",
    [
        {"state": "spiked"},
        {"pubstatus": "canceled"},
        {"deleted": True},
        {"deleted": "true"},
        {"deleted": 1},
    ],
)
def test_what_was_deleted_comes_without_text(said):
    entry = read(post(**said)).entries[0]

    assert (entry.state, entry.body) == (RETRACTED, "")


@pytest.mark.parametrize(
    "each",
    [
        post("Advertisement Local"),
        post("Advertisement Remote"),
        post("Comment"),
        post(post_status="ad"),
    ],
)
def test_comments_and_advertisements_are_no_entries(each):
    archive = read(each)

    assert (archive.entries, archive.refused) == ([], [])
    assert "advertisements" in str(archive.warnings[0])


@pytest.mark.parametrize("start", ["https:", ""])
def test_picture_has_its_place_and_its_words(start):
    media = {"renditions": {"original": {"href": f"{start}//old.example/quay.jpg?a=1&b=2"}}}
    item = {"item_type": "image", "meta": {"media": media, "caption": "The quay"}}
    archive = read(post(groups=[{"refs": [{"item": item}]}]))

    ((id, picture),) = archive.pictures.items()
    assert f'data-picture="{id}"' in archive.entries[0].body
    assert picture.address == "https://old.example/quay.jpg?a=1&b=2"
    assert picture.caption == "The quay"
