"""schema.org's LiveBlogPosting: which parts of it are entries, and in which state."""

import json
from datetime import UTC, datetime

import pytest

from liveblog.interchange.archive import DRAFT
from liveblog.interchange.formats import liveblogposting
from liveblog.interchange.formats.linked_data import Graph
from liveblog.interchange.formats.web_page import read_page


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


def read_all(*updates, **page):
    page = {"@type": "LiveBlogPosting", "headline": "Strike", "liveBlogUpdate": updates, **page}
    now = datetime(2024, 10, 26, tzinfo=UTC)
    return liveblogposting.read(json.dumps(page).encode(), zone=UTC, now=now)[0]


def at(minute, text, **more):
    return {"datePublished": f"2024-10-25T06:{minute:02}:00Z", "articleBody": text, **more}


def test_two_texts_of_one_minute_are_two_entries():
    archive = read_all(at(1, "The second."), at(1, "The first."), at(0, "Earlier."))

    bodies = [each.body for each in archive.entries]
    assert bodies == ["<p>Earlier.</p>", "<p>The first.</p>", "<p>The second.</p>"]
    assert len({each.id for each in archive.entries}) == 3


def test_texts_of_one_day_keep_the_order_of_a_page():
    day = {"datePublished": "2024-10-25"}
    archive = read_all(*({**day, "articleBody": text} for text in ("Third.", "Second.", "First.")))

    bodies = [each.body for each in archive.entries]
    assert bodies == ["<p>First.</p>", "<p>Second.</p>", "<p>Third.</p>"]


def test_newer_entry_of_the_same_minute_leaves_the_others_ids():
    before = read_all(at(1, "The first."), at(0, "Earlier."))
    after = read_all(at(1, "The second."), at(1, "The first."), at(0, "Earlier."))

    assert [each.id for each in after.entries[:2]] == [each.id for each in before.entries]


def test_address_of_the_page_is_nobodys_id():
    page = "https://ferrypost.example/strike"
    archive = read_all(at(1, "One.", url=page), at(2, "Two.", url=page), url=page)

    assert [each.body for each in archive.entries] == ["<p>One.</p>", "<p>Two.</p>"]


def test_second_text_of_one_id_is_refused():
    archive = read_all(at(1, "One.", url="/1"), at(2, "Two.", url="/1"), at(1, "One.", url="/1"))

    assert [each.body for each in archive.entries] == ["<p>One.</p>"]
    assert [(each.where, each.id) for each in archive.refused] == [("item 2", "/1")]


def test_address_of_a_video_is_no_markup():
    address = 'https://v.example/?<img data-picture="5f0c1a5e-7b0e-5f57-9d3b-0d2f6a2f8b11">'
    (entry,) = read(articleBody="Watch.", video={"embedUrl": address}).entries

    assert "&lt;img data-picture" in entry.body
    assert not entry.has_picture


def test_scripts_that_tell_of_one_thing_are_put_together_in_no_time():
    parts = [{"@id": "/strike", "liveBlogUpdate": [number]} for number in range(100_000)]
    graph = Graph([{"@id": "/strike", "@type": "LiveBlogPosting"}, *parts])

    assert graph.things("LiveBlogPosting")[0]["liveBlogUpdate"] == list(range(100_000))


def test_each_broken_script_is_named_by_its_line():
    broken = '<script type="application/ld+json">{</script>\n'

    problems = read_page(f"<html>\n{broken}\n{broken}{broken}").problems

    assert [each.where for each in problems] == [f"the script of line {n}" for n in (2, 4, 5)]


def test_an_address_that_is_none_breaks_nothing():
    archive = read_all(at(1, "Read.", image="http://[", url="http://[x"), url="http://[")

    assert [each.body for each in archive.entries] == ["<p>Read.</p>"]
