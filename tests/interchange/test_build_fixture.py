"""The command from a document to a fixture, and back through loaddata."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings

from liveblog.interchange.text import MOST_BYTES
from liveblog.models import Source, Story, Update
from liveblog.richtext import to_plain_text
from tests.interchange.test_document import FULL, HEADING, PROSE, WHOLE, st

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
DEMO = ["--slug", "ukraine-kursk", "--date", "2024-10-25T10:00", "--every", "20"]
DEMO += ["--timezone", "Europe/Madrid", "--language", "en"]


@pytest.fixture
def build(tmp_path):
    """Build a fixture of a text; returns its path and what was assumed."""

    def build(text, *options):
        document, fixture = tmp_path / "document.txt", tmp_path / "built.json"
        document.write_text(text, encoding="utf-8", newline="")
        told = StringIO()
        call_command("build_fixture", str(document), *options, "-o", str(fixture), stderr=told)
        return fixture, told.getvalue()

    return build


def rows(fixture, model):
    data = json.loads(fixture.read_text("utf-8"))
    return [row["fields"] for row in data if row["model"] == f"liveblog.{model}"]


def test_demo_is_as_the_command_makes_it():
    out = StringIO()

    call_command(
        "build_fixture", str(FIXTURES / "ukraine-kursk.txt"), *DEMO, stdout=out, stderr=StringIO()
    )

    assert out.getvalue().encode() == (FIXTURES / "ukraine_kursk.json").read_bytes()


@pytest.mark.django_db
def test_demo_is_what_the_document_says():
    call_command("loaddata", "ukraine_kursk", verbosity=0)

    story = Story.objects.get()
    assert (story.slug, story.kicker, story.status) == ("ukraine-kursk", "NEWS", "live")
    assert story.headline.startswith("Kyiv says North Korea's first soldiers")
    assert story.introduction.count("<p>") == 3
    assert (story.lead_picture.file.name, story.lead_picture.credit.name) == ("", "AP")
    assert story.lead_picture.alt == "North Korean soldiers standing together."
    assert story.share_picture.file.storage.exists(story.share_picture.file.name)
    assert story.times_assigned
    told = [
        (
            update.headline.split()[0],
            update.published_at.strftime("%Y-%m-%d %H:%M"),
            [each.source.name for each in update.attributions.all()],
        )
        for update in story.updates.newest_first()
    ]
    assert told == [
        ("Washington", "2024-10-25 08:00", ["Efe"]),
        ("Usyk", "2024-10-25 07:40", ["Efe"]),
        ("Putin", "2024-10-25 07:20", ["AFP"]),
        ("Guterres", "2024-10-25 07:00", ["Efe"]),
        ("Japan", "2024-10-25 06:40", ["Efe"]),
    ]
    names = Source.objects.exclude(name="The Meridian Graphics").values_list("name", flat=True)
    assert sorted(names) == ["AFP", "AP", "Efe"]


def test_no_database_ids(build):
    fixture, _told = build(WHOLE, "--date", "2024-10-25T10:00")

    for row in json.loads(fixture.read_text("utf-8")):
        assert isinstance(row.get("pk", ""), str)


def test_what_was_assumed_is_told(build):
    _fixture, told = build(WHOLE)

    assert told.splitlines()[:3] == [
        "assumed time zone: UTC",
        "assumed language: en",
        "assumed address (slug) from the headline: a-bridge-over-the-seim-is-closed-to-all-traffic",
    ]
    assert "assumed times: assigned to 1 of 1 updates" in told


def test_ascending_times_are_oldest_first(build):
    text = f"{WHOLE}\n09:00\n\nTwo\n\nText.\n\n10:30\n\nThree\n\nText.\n"

    fixture, told = build(text, "--date", "2024-10-25T12:00", "--timezone", "UTC")

    assert "order: oldest first" in told
    assert [each["published_at"][11:16] for each in rows(fixture, "update")] == [
        "08:40",
        "09:00",
        "10:30",
    ]


def test_all_times_in_the_text_are_not_assigned(build):
    text = WHOLE.replace("First lorries", "08:45\n\nFirst lorries")

    fixture, _told = build(text, "--date", "2024-10-25T12:00", "--timezone", "Europe/Kyiv")

    assert rows(fixture, "story")[0]["times_assigned"] is False
    assert rows(fixture, "update")[0]["published_at"] == "2024-10-25T05:45:00.000000Z"


def test_oldest_first_by_wish(build):
    text = f"{WHOLE}\nTwo\n\nText.\n"

    fixture, _told = build(
        text, "--date", "2024-10-25T12:00", "--timezone", "UTC", "--oldest-first"
    )

    assert [each["published_at"][11:16] for each in rows(fixture, "update")] == ["11:40", "12:00"]


@pytest.mark.time_machine("2026-11-23T08:00:00Z")
def test_a_time_still_to_come_was_yesterday(build):
    fixture, told = build(WHOLE.replace("First lorries", "22:15\n\nFirst lorries"))

    assert rows(fixture, "update")[0]["published_at"] == "2026-11-22T22:15:00.000000Z"
    assert "yesterday" in told


@pytest.mark.parametrize(
    "options",
    [
        ["--slug", "Not A Slug"],
        ["--date", "yesterday"],
        ["--every", "0"],
        ["--every", "x"],
        ["--timezone", "Mars/Base"],
        ["--date", "2999-01-01T00:00"],
    ],
)
def test_bad_options_are_refused(build, tmp_path, options):
    with pytest.raises(CommandError):
        build(WHOLE, *options)

    assert not (tmp_path / "built.json").exists()


def test_a_bad_document_names_its_lines_and_leaves_no_file(build, tmp_path):
    with pytest.raises(CommandError, match="line 16: the heading “One”"):
        build(f"{WHOLE}\nOne\n")

    assert not (tmp_path / "built.json").exists()


def test_a_large_document_is_not_read_whole(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    with pytest.raises(CommandError, match=f"more than {MOST_BYTES:,} bytes"):
        call_command("build_fixture", str(path))


def test_a_missing_document_is_told(tmp_path):
    with pytest.raises(CommandError, match="there is no such file"):
        call_command("build_fixture", str(tmp_path / "none.txt"))


@pytest.mark.django_db
@example_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    introduction=st.lists(PROSE, max_size=2),
    updates=st.lists(st.tuples(HEADING, st.lists(PROSE, min_size=1, max_size=3)), max_size=4),
)
def test_every_paragraph_reaches_the_database_as_it_went_in(build, introduction, updates):
    blocks = [*FULL[:3], *introduction]
    for heading, paragraphs in updates:
        blocks += [heading, *paragraphs]
    slug = f"story-{Story.objects.count()}"

    fixture, _told = build("\n\n".join(blocks), "--date", "2024-10-25T10:00", "--slug", slug)
    call_command("loaddata", str(fixture), verbosity=0)

    story = Story.objects.get(slug=slug)
    assert to_plain_text(story.introduction) == "\n".join(introduction)
    told = [
        (each.headline, to_plain_text(each.body).split("\n"))
        for each in story.updates.newest_first()
    ]
    assert told == updates
    before = dump()
    call_command("loaddata", str(fixture), verbosity=0)
    assert dump() == before


def dump():
    out = StringIO()
    call_command("dumpdata", "liveblog", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_same_heading_twice_is_two_updates(build):
    fixture, _told = build(
        f"{WHOLE}\nFirst lorries turn back\n\nAgain.\n", "--date", "2024-10-25T10:00"
    )

    call_command("loaddata", str(fixture), verbosity=0)

    assert Update.objects.count() == 2
