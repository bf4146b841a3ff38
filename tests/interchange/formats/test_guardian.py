"""Answers of the Guardian's Content API, as an item, a search, or a refusal."""

import json
from datetime import UTC

import pytest

from liveblog.interchange.archive import DRAFT, Unreadable
from liveblog.interchange.formats import guardian
from liveblog.interchange.formats.recognition import recognise


def item(id="a", **block):
    block = {"id": "b", "publishedDate": "2024-10-25T06:00:00Z", "bodyHtml": "<p>Said.</p>"} | block
    return {"id": id, "webTitle": "Strike", "blocks": {"body": [block]}}


def read(data):
    data = json.dumps(data).encode()
    assert recognise(data) == "guardian"
    return guardian.read(data, zone=UTC)


def test_search_holds_several_live_blogs():
    found = read({"response": {"status": "ok", "results": [item("a"), item("b")]}})

    assert [each.id for each in found] == ["a", "b"]


def test_refusal_of_the_api_is_passed_on():
    said = {"response": {"status": "error", "userTier": "x", "message": "Invalid key"}}

    with pytest.raises(Unreadable, match="refused to answer: Invalid key"):
        read(said)


def test_summary_stands_in_for_a_missing_body():
    entry = read(item(bodyHtml="", bodyTextSummary="In short."))[0].entries[0]

    assert entry.body == "<p>In short.</p>"


@pytest.mark.parametrize("published", [False, "false"])
def test_unpublished_block_is_a_draft(published):
    assert read(item(published=published))[0].entries[0].state == DRAFT


def test_picture_of_a_block_has_its_place_and_its_words():
    asset = {"file": "https://media.example/varn.jpg?a=1&b=2", "typeData": {"width": "500"}}
    element = {"type": "image", "assets": [asset], "imageTypeData": {"caption": "The bridge"}}
    (archive,) = read({"response": {"status": "ok", "content": item(elements=[element])}})

    ((id, picture),) = archive.pictures.items()
    assert f'data-picture="{id}"' in archive.entries[0].body
    assert (picture.address, picture.caption) == (asset["file"], "The bridge")
