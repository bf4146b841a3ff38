"""What comes in lands as one story: its ledger, its states, and what a second file changes."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liveblog import publishing
from liveblog.models import Story, Update
from liveblog.publishing import archive_import
from tests import cast
from tests.interchange.importing import bring_in
from tests.interchange.samples import FOLDER, sample

pytestmark = pytest.mark.django_db

EXPORT = FOLDER / "wordpress/two-posts.xml"


@pytest.fixture
def strike(tmp_path):
    """Import the strike, changed as a test wants: `strike((old, new), publish=True)`."""

    def strike(*changes, **options):
        data = sample("wordpress/two-posts.xml")
        for old, new in changes:
            assert old in data
            data = data.replace(old, new)
        path = tmp_path / "export.xml"
        path.write_bytes(data)
        options = {"select": ["41"], "timezone": "Europe/Madrid", **options}
        return bring_in(path, tmp_path, **options)

    return strike


def statuses():
    return sorted(Update.objects.values_list("status", flat=True))


def test_comes_in_as_drafts(strike):
    code, ledger = strike()

    story = Story.objects.get()
    assert (code, ledger["story"], ledger["entries"]) == (1, "ferry-strike", 6)
    assert (ledger["imported"], ledger["retracted"], len(ledger["refused"])) == (4, 1, 1)
    assert (story.status, story.revision) == ("draft", 0)
    assert statuses() == ["draft"] * 4
    first = story.updates.order_by("published_at").first()
    assert first.published_at.isoformat() == "2024-10-25T06:10:00+00:00"


def test_published_story_is_ended_and_counted(strike):
    strike(publish=True)

    story = Story.objects.get()
    assert (story.status, story.revision, story.update_count) == ("ended", 1, 4)
    assert story.opened_at.isoformat() == "2024-10-25T06:10:00+00:00"
    assert story.ended_at == story.last_updated_at
    assert statuses() == ["published"] * 4 + ["retracted"]


def test_history_is_kept(strike):
    strike()

    edited = Update.objects.get(body__contains="noon")
    bodies = [each.content["body"] for each in edited.versions.order_by("id")]
    assert bodies == [
        "<p>Talks start at ten.</p>",
        "<p>Talks start at noon, the ministry said.</p>",
    ]
    assert edited.version == 2


def test_twice_changes_nothing(strike):
    strike(publish=True)
    before = list(Update.objects.order_by("id").values())
    story = Story.objects.values().get()

    code, ledger = strike(publish=True)

    assert (code, ledger["imported"], ledger["unchanged"], ledger["updated"]) == (1, 0, 5, 0)
    assert list(Update.objects.order_by("id").values()) == before
    assert Story.objects.values().get() == story


def test_drafts_go_on_air_when_the_file_comes_again_to_be_published(strike):
    strike()

    _code, ledger = strike(publish=True)

    story = Story.objects.get()
    assert (ledger["updated"], ledger["retracted"], ledger["unchanged"]) == (4, 1, 0)
    assert statuses() == ["published"] * 4 + ["retracted"]
    assert (story.status, story.update_count) == ("ended", 4)
    assert story.opened_at.isoformat() == "2024-10-25T06:10:00+00:00"
    assert strike(publish=True)[1]["unchanged"] == 5


def test_a_draft_that_was_edited_here_stays_a_draft(strike):
    strike()
    editor = cast.make_editor()
    for update in Update.objects.all():
        publishing.save_draft(update, cast.content("Our own words."), by=editor)

    _code, ledger = strike(publish=True)

    assert (ledger["updated"], len(ledger["refused"])) == (0, 5)
    assert Story.objects.get().status == "draft"
    assert statuses() == ["draft"] * 4 + ["retracted"]


def test_an_update_that_was_undone_here_is_taken_down_once(strike):
    strike(publish=True)
    update = Update.objects.get(body__contains="noon")
    publishing.retract(update, by=cast.make_editor(), without_trace=True)
    Update.objects.filter(pk=update.pk).update(status="draft", retracted_at=None)
    deleted = (b"<![CDATA[Talks start at noon, the ministry said.]]>", b"<![CDATA[]]>")

    counts = [strike(deleted, publish=True)[1]["retracted"] for _time in range(2)]

    assert counts == [1, 0]
    assert Update.objects.get(pk=update.pk).status == "retracted"


def test_versions_of_many_updates_are_not_kept_in_memory(strike, monkeypatch):
    monkeypatch.setattr(archive_import.story, "BATCH", 1)
    strike(publish=True)
    with CaptureQueriesContext(connection) as queries:
        _code, ledger = strike((b"content><![CDATA[T", b"content><![CDATA[Now: T"), publish=True)

    written = [each for each in queries if 'INSERT INTO "liveblog_version"' in each["sql"]]
    assert len(written) >= ledger["updated"] > 1


ENTRIES = re.compile(rb"<wp:comment>.*?</wp:comment>", re.S)


def test_live_blog_without_entries_makes_one_story(tmp_path):
    path = tmp_path / "export.xml"
    path.write_bytes(ENTRIES.sub(b"", sample("wordpress/two-posts.xml")))
    options = {"select": ["41"], "timezone": "Europe/Madrid"}
    slug = bring_in(path, tmp_path, **options)[1]["story"]

    assert bring_in(path, tmp_path, **options)[1]["story"] == slug
    assert Story.objects.count() == 1
    assert bring_in(EXPORT, tmp_path, **options)[1]["imported"] == 4
    assert Story.objects.get().updates.count() == 4


def test_live_blog_of_deletions_makes_one_story(tmp_path):
    path = tmp_path / "export.xml"
    trashed = sample("wordpress/two-posts.xml").replace(
        b"<wp:comment_approved><![CDATA[liveblog]]>", b"<wp:comment_approved><![CDATA[trash]]>"
    )
    path.write_bytes(trashed)
    for _time in range(2):
        bring_in(path, tmp_path, select=["41"])

    assert Story.objects.count() == 1
    assert not Update.objects.exists()


def test_documents_of_one_headline_are_two_stories(tmp_path):
    for word in ("ferry", "bridge"):
        path = tmp_path / "document.txt"
        path.write_text(f"The day\n\n10:00\nThe {word} waits\nThe {word} waits at the quay.\n")
        bring_in(path, tmp_path, format="document")

    assert Story.objects.count() == 2


def test_newer_file_updates_what_nobody_edited(strike):
    strike(publish=True)

    _code, ledger = strike((b"The harbour master closed", b"The port closed"), publish=True)

    assert (ledger["updated"], ledger["unchanged"]) == (1, 4)
    assert Update.objects.filter(body__contains="The port closed").exists()
    assert Story.objects.get().revision == 2


def test_newer_file_leaves_what_was_edited_here(strike):
    strike(publish=True)
    editor = cast.make_editor()
    update = Update.objects.get(headline="Harbour shut")
    publishing.edit(update, cast.content("Our own words."), by=editor, kind="information")

    code, ledger = strike((b"The harbour master closed", b"The port closed"), publish=True)

    assert (code, ledger["updated"]) == (1, 0)
    assert ("101", "it was edited here") in [
        (row["id"], row["reason"][:18]) for row in ledger["refused"]
    ]
    assert Update.objects.filter(body__contains="Our own words").exists()


def test_deletion_in_a_newer_file_takes_the_update_down(strike):
    strike(publish=True)
    trashed = (
        b"<![CDATA[<h3>Harbour shut</h3>\nThe harbour master closed both piers.\n\n"
        b"https://youtu.be/abcdefghijk]]></wp:comment_content>\n"
        b"      <wp:comment_approved><![CDATA[liveblog]]>"
    )

    _code, ledger = strike((trashed, trashed.replace(b"[liveblog]", b"[trash]")), publish=True)

    assert (ledger["retracted"], ledger["unchanged"]) == (1, 4)
    assert Update.objects.get(headline="Harbour shut").status == "retracted"
    assert Story.objects.get().update_count == 3


def test_deletion_in_a_newer_file_takes_a_draft_away(strike):
    strike()
    approved = b"picketing.]]></wp:comment_content>\n      <wp:comment_approved><![CDATA["

    strike((approved + b"liveblog", approved + b"trash"))

    assert not Update.objects.filter(body__contains="400 crew").exists()


PUBLISHED = b"<wp:status>publish</wp:status>"
TRASHED = PUBLISHED.replace(b"publish", b"trash")


def test_a_live_blog_in_the_trash_makes_no_story(strike):
    code, ledger = strike((PUBLISHED, TRASHED), publish=True)

    assert not Story.objects.exists()
    assert (ledger["story"], ledger["entries"], ledger["unchanged"]) == (None, 6, 6)
    assert code == 0
    assert any("was deleted in the original" in each for each in ledger["warnings"])


@pytest.mark.parametrize("publish", [True, False])
def test_the_trash_takes_down_what_came_in_before(strike, publish):
    strike(publish=publish)

    _code, ledger = strike((PUBLISHED, TRASHED), publish=publish)

    assert not Update.objects.filter(status__in=["published", "draft"]).exists()
    assert (ledger["story"], ledger["retracted"], ledger["unchanged"]) == ("ferry-strike", 4, 2)
    assert any("was taken down" in each for each in ledger["warnings"])
    again = strike((PUBLISHED, TRASHED), publish=publish)[1]
    assert (again["retracted"], again["unchanged"]) == (0, 6)


def test_a_live_blog_in_the_trash_leaves_a_withdrawn_story_alone(strike):
    strike(publish=True)
    publishing.withdraw_story(Story.objects.get(), by=cast.make_chief())

    assert strike((PUBLISHED, TRASHED), publish=True)[1]["unchanged"] == 6


@pytest.mark.parametrize("publish", [True, False])
def test_a_retraction_is_counted_once(strike, publish):
    assert strike(publish=publish)[1]["retracted"] == 1

    ledger = strike(publish=publish)[1]

    assert (ledger["retracted"], ledger["unchanged"]) == (0, 5)


def test_a_file_of_which_all_is_refused_ends_as_one_that_was_not_read(tmp_path):
    path = tmp_path / "feed.json"
    path.write_text(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": ['
        '{"id": "1", "title": "", "content_html": "", "date_published": "2024-10-25T06:00:00Z"}]}'
    )

    code, ledger = bring_in(path, tmp_path)

    assert (code, ledger["entries"], len(ledger["refused"])) == (2, 1, 1)
    assert not Story.objects.exists()


@pytest.fixture
def posts(tmp_path):
    """Import a Sourcefabric blog of one post: `posts(text, post_status="draft")`."""

    def posts(text, **columns):
        post = {
            "_id": "p1",
            "blog": "b1",
            "post_status": "open",
            "published_date": "2024-10-25T06:00:00+00:00",
            "groups": [{"id": "main", "refs": [{"item": {"item_type": "text", "text": text}}]}],
        }
        path = tmp_path / "posts.json"
        path.write_text(json.dumps({"_items": [post | columns]}))
        return bring_in(path, tmp_path, publish=True)[1]

    return posts


HELD = {
    "unpublished": {"post_status": "draft"},
    "taken back": {"unpublished_date": "2024-10-25T07:00:00+00:00"},
    "embargoed": {"schedule_settings": {"utc_embargo": "2999-01-01T00:00:00+00:00"}},
    "barred": {"flags": {"marked_for_not_publication": True}},
    "scheduled": {"published_date": "2999-01-01T00:00:00+00:00"},
}


@pytest.mark.parametrize("columns", HELD.values(), ids=HELD)
def test_what_is_held_there_is_never_published(posts, columns):
    posts("CANARY", **columns)

    assert statuses() == ["draft"]


@pytest.mark.parametrize("columns", HELD.values(), ids=HELD)
def test_what_is_held_there_later_is_taken_down(posts, columns):
    posts("Said at first.")

    ledger = posts("CANARY", **columns)

    assert ledger["retracted"] == 1
    assert statuses() == ["retracted"]
    assert posts("CANARY", **columns)["unchanged"] == 1


def test_a_post_that_becomes_private_is_taken_down(strike):
    strike(publish=True)
    private = (PUBLISHED, PUBLISHED.replace(b"publish", b"private"))

    headline = (b"the day as it happened", b"CANARY")
    _code, ledger = strike(private, headline, (b"The harbour master", b"CANARY"), publish=True)

    assert statuses() == ["retracted"] * 5
    assert "CANARY" not in Story.objects.get().headline
    assert any("not public any more" in each for each in ledger["warnings"])


def test_private_post_stays_a_draft(strike):
    _code, ledger = strike(select=["42"], publish=True)

    assert Story.objects.get().status == "draft"
    assert statuses() == ["draft"]
    assert ledger["warnings"] == ["the original is not public: it came in as drafts"]


def test_dry_run_keeps_nothing(strike):
    _code, ledger = strike(dry_run=True)

    assert ledger["imported"] == 4
    assert not Story.objects.exists()


def test_into_a_story_that_is_here(strike):
    editor = cast.make_editor()
    story = cast.make_live_story(editor)

    _code, ledger = strike(into=story.slug, publish=True)

    assert ledger["story"] == story.slug
    assert Story.objects.get().update_count == 4
    assert Story.objects.get().revision == story.revision + 1


def test_address_of_another_story_is_refused(strike):
    cast.make_story(cast.make_editor(), slug="taken")

    assert strike(slug="taken") == (2, {})
    assert not Update.objects.exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        (b"harbour-strike", "harbour-strike"),
        (b"%d1%81%d1%82%d1%80%d0%b0%d0%b9%d0%ba", "strayk"),
        (b"2", "ferry-strike-the-day-as-it-happened"),
        (b"live", "ferry-strike-the-day-as-it-happened"),
    ],
)
def test_old_address_is_kept_where_it_tells_something(strike, name, slug):
    was = b"<wp:post_name>ferry-strike<"

    strike((was, was.replace(b"ferry-strike", name)))

    assert Story.objects.get().slug == slug


def test_entry_whose_earlier_text_is_too_long_is_refused(strike):
    text = b"Talks start at ten." + b" Wait." * 70_000
    code, ledger = strike((b"Talks start at ten.", text), publish=True)

    assert (code, ledger["imported"]) == (1, 3)
    assert "more than 100000 characters" in next(
        row["reason"] for row in ledger["refused"] if row["id"] == "103"
    )


def test_several_live_blogs_at_once(strike):
    code, ledger = strike(select=["all"])

    assert (code, ledger["entries"], ledger["imported"]) == (1, 7, 5)
    assert [each["story"] for each in ledger["stories"]] == ["ferry-strike", "budget-live"]


def test_which_of_several_has_to_be_said(strike):
    assert strike(select=[]) == (2, {})


@pytest.mark.parametrize(
    "feed",
    [
        b'<rss version="2.0"><channel><title>Nothing</title></channel></rss>',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "Nothing", "items": []}',
    ],
)
def test_a_feed_without_items_makes_no_story(feed, tmp_path):
    path = tmp_path / "feed"
    path.write_bytes(feed)

    assert bring_in(path, tmp_path) == (2, {})
    assert not Story.objects.exists()
