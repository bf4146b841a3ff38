"""What each export says, and what none of those for readers may say."""

import json
import re
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from liveblog import publishing
from liveblog.interchange.export import FORMATS, UnknownFormat, export_story
from liveblog.interchange.formats import wordpress
from liveblog.models import Story
from liveblog.publishing import Refused
from tests import cast
from tests.interchange.importing import bring_in

from .conftest import SECRETS

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
READERS = [name for name, each in FORMATS.items() if not each.is_for_editors]


def take_out(story, format, **who) -> str:
    return b"".join(export_story(story, format, **who).chunks).decode()


@pytest.mark.parametrize("format", READERS)
def test_readers_formats_tell_no_secret(shown, format):
    text = take_out(shown, format)

    assert "Both piers are closed" in text.replace("\n", " ")
    assert not [secret for secret in SECRETS if secret in text]


def test_own_format_tells_everything_to_editors(shown):
    text = take_out(shown, "liveblog", by=cast.make_chief())

    assert all(secret in text for secret in SECRETS)


def test_own_format_is_not_for_reporters(shown):
    with pytest.raises(Refused):
        export_story(shown, "liveblog", by=cast.make_reporter())


@pytest.mark.parametrize("format", READERS)
def test_story_that_readers_do_not_see_is_refused(format):
    story = cast.make_story(cast.make_editor("eva"))

    with pytest.raises(Refused):
        export_story(story, format)


def test_unknown_format():
    with pytest.raises(UnknownFormat, match="docx"):
        export_story(Story(), "docx")


def test_names_and_media_types(shown):
    export = export_story(shown, "text")

    assert export.filename == f"{shown.slug}.txt"
    assert export.media_type == "text/plain; charset=utf-8"


def test_liveblogposting_has_the_types_of_schema_org(shown):
    data = json.loads(take_out(shown, "liveblogposting"))

    assert data["@type"] == "LiveBlogPosting"
    assert data["coverageStartTime"] <= data["datePublished"]
    first, second, third = data["liveBlogUpdate"]
    assert third["headline"] == "Both piers are closed"
    assert second["author"][0]["name"] == "Ben Okri"
    for each in (first, second, third):
        assert each["@type"] == "BlogPosting"
        assert each["articleBody"]
        assert each["url"].startswith("http")
    assert data["dateModified"] >= max(each["dateModified"] for each in data["liveBlogUpdate"])


def test_ninjs_has_what_the_standard_asks_for(shown):
    data = json.loads(take_out(shown, "ninjs"))

    assert data["standard"]["version"] == "3.1"
    assert data["pubStatus"] == "usable"
    assert [each["headlines"][0]["value"] for each in data["associations"]] == [
        "Both piers are closed",
        "Talks start at noon & end late",
        "Kyiv Odesa and Lviv",
    ]
    assert all(each["uri"] and each["name"] for each in data["associations"])


def test_wordpress_is_read_by_our_own_importer(shown):
    (archive,) = wordpress.read(take_out(shown, "wordpress").encode(), zone=ZoneInfo("UTC"))

    assert archive.headline == shown.headline
    assert archive.authors == ("Ana Ruiz",)
    entries = [(each.headline, each.authors, each.is_key_event) for each in archive.entries]
    assert entries == [
        ("Both piers are closed", (), False),
        ("Talks start at noon & end late", ("Ben Okri", "Ana Ruiz"), True),
        ("", (), False),
    ]
    assert archive.entries[0].body == "<p>Both piers are closed.</p>"


def test_wordpress_comes_back_by_the_command(shown, tmp_path):
    path = tmp_path / "story.xml"
    call_command("export_story", shown.slug, format="wordpress", output=path)

    code, ledger = bring_in(path, tmp_path, slug="again", publish=True)

    assert (code, ledger["imported"]) == (0, 3)
    texts = [
        list(story.updates.public().oldest_first().values_list("headline", "body"))
        for story in Story.objects.order_by("id")
    ]
    assert texts[0] == texts[1]


def test_two_stories_come_back_apart_from_wordpress(shown, tmp_path):
    other = cast.make_live_story(cast.make_editor("eva"), "A bridge closes", slug="bridge")
    cast.publish(other, cast.make_editor("ina"), "The bridge is closed.")
    for slug in (shown.slug, other.slug):
        call_command("export_story", slug, format="wordpress", output=tmp_path / slug)

    _, first = bring_in(tmp_path / shown.slug, tmp_path, slug="first")
    _, second = bring_in(tmp_path / other.slug, tmp_path, slug="second")

    assert (first["story"], first["imported"]) == ("first", 3)
    assert (second["story"], second["imported"]) == ("second", 1)


def test_wordpress_keeps_an_entrys_number_when_another_goes(shown):
    def numbers():
        return re.findall("<wp:comment_id>(.*?)</wp:comment_id>", take_out(shown, "wordpress"))

    before = numbers()
    assert len(set(before)) == len(before) == 3
    first = shown.updates.public().oldest_first().first()
    publishing.retract(first, by=cast.make_editor("eva"), without_trace=True)

    assert numbers() == before[1:]


def test_html_needs_no_other_file(shown, assert_valid_html):
    page = take_out(shown, "html")

    assert_valid_html(page)
    assert "<link rel=" in page
    assert "stylesheet" not in page
    assert "<script" not in page
    assert 'href="/' not in page
    assert 'src="/' not in page


@pytest.fixture
def built(tmp_path):
    def build(story, **options):
        source, fixture = tmp_path / "story.txt", tmp_path / "story.json"
        source.write_text(take_out(story, "text"), encoding="utf-8")
        zone = {"timezone": story.timezone, "language": story.language}
        call_command("build_fixture", source, output=fixture, stderr=StringIO(), **zone, **options)
        rows = json.loads(fixture.read_text(encoding="utf-8"))
        entries = [(row["model"], row["fields"]) for row in rows]
        story = next(row for model, row in entries if model == "liveblog.story")
        return story, [row for model, row in entries if model == "liveblog.update"]

    return build


def test_text_is_read_back(shown, built):
    story, updates = built(shown)

    assert story["headline"] == shown.headline
    assert story["standfirst"] == shown.standfirst
    assert story["introduction"] == shown.introduction
    assert [(each["headline"], each["body"]) for each in updates] == [
        ("Both piers are closed", "<p>Both piers are closed.</p>"),
        ("Talks start at noon & end late", "<p>Talks start at noon &amp; end late.</p>"),
        ("", "<p>Kyiv —</p><p>Odesa and Lviv</p>"),
    ]


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        (["Yes."], ["Yes."]),
        (["Kyiv"], ["Kyiv"]),
        (["Yes.", "More words come."], ["Yes.", "More words come."]),
    ],
)
def test_one_word_is_written_as_it_is_where_it_can_be(shown, built, texts, written):
    body = "".join(f"<p>{text}</p>" for text in texts)
    cast.publish(shown, cast.make_editor("eva"), headline="", body=body)

    _story, updates = built(shown)

    assert (updates[-1]["headline"], updates[-1]["body"]) == (
        "",
        "".join(f"<p>{text}</p>" for text in written),
    )


LOOKS = [
    *("10:30", "3h ago", "Share", "10:30 The port reopens.", "Updated 10:30", "Photo: Jane Roe/AP"),
    *("By Jane Roe", "25 October 2024", "\\\\o/"),
]


@pytest.mark.parametrize("headline", ["The bridge", ""])
def test_paragraphs_that_look_like_anything_else_are_read_back(shown, built, headline):
    body = "".join(f"<p>{text}</p>" for text in ["It rained.", *LOOKS])
    cast.publish(shown, cast.make_editor("eva"), headline=headline, body=body)

    _story, updates = built(shown)

    assert (updates[-1]["headline"], updates[-1]["body"]) == (headline, body)


@pytest.mark.parametrize("body", ["<p>Closed</p>", "<p>Closed</p><p>Again</p>"])
def test_word_under_a_headline_is_written_as_it_is(shown, built, body):
    cast.publish(shown, cast.make_editor("eva"), headline="The bridge", body=body)

    _story, updates = built(shown)

    assert (updates[-1]["headline"], updates[-1]["body"]) == ("The bridge", body)


def test_text_of_the_demo_is_the_same_story(built):
    call_command("loaddata", "ukraine_kursk", verbosity=0)
    kursk = Story.objects.get(slug="ukraine-kursk")

    story, updates = built(kursk, slug=kursk.slug, date="2024-10-25T10:00")

    for name in ("kicker", "headline", "standfirst", "introduction"):
        assert story[name] == getattr(kursk, name)
    assert [(each["headline"], each["body"]) for each in updates] == list(
        kursk.updates.oldest_first().values_list("headline", "body")
    )


def test_command_refuses_what_is_not_there():
    with pytest.raises(CommandError, match="There is no story"):
        call_command("export_story", "nowhere", format="text")
