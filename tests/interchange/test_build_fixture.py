"""The command: the demo's fixture byte for byte, options, and what goes wrong."""

import json
import shlex
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FIXTURES = Path(__file__).parents[2] / "fixtures"
DEMO = (
    "--slug ukraine-kursk --date 2024-10-25T10:00 --every 20 --timezone Europe/Madrid --language en"
)
TEXT = "Floods close the road between the two valleys\n\nIt rains.\n\nBoats\n\nThey came.\n"


def build(document, options=""):
    out, err = StringIO(), StringIO()
    call_command("build_fixture", str(document), *shlex.split(options), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "floods.txt"
    path.write_text(TEXT)
    return path


def fields(rows, model):
    return [row["fields"] for row in rows if row["model"] == f"liveblog.{model}"]


def test_demo_is_the_fixture_byte_for_byte(tmp_path):
    out, err = build(FIXTURES / "ukraine-kursk.txt", DEMO)
    committed = (FIXTURES / "ukraine_kursk.json").read_bytes()
    left_out = "line 6: left out: “Updated” (when the page was published or updated)\n"
    assert (out.encode(), err) == (committed, left_out)
    written = tmp_path / "written.json"
    assert build(FIXTURES / "ukraine-kursk.txt", f"{DEMO} -o {written}") == ("", left_out)
    assert written.read_bytes() == committed
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["written.json"]


def test_demo_holds_the_live_blog():
    rows = json.loads((FIXTURES / "ukraine_kursk.json").read_text(encoding="utf-8"))
    updates = {row["pk"]: row["fields"] for row in rows if row["model"] == "liveblog.update"}
    [story] = fields(rows, "story")
    [lead] = [row["fields"] for row in rows if [row.get("pk")] == story["lead_picture"]]
    assert (story["kicker"], story["introduction"].count("<p>")) == ("NEWS", 3)
    assert story["times_assigned"] is True
    assert "file" not in lead
    assert (lead["alt"], lead["caption"], lead["credit"]) == (
        "North Korean soldiers standing together.",
        "North Korean soldiers standing together.",
        ["ap"],
    )
    names = sorted(source["name"] for source in fields(rows, "source"))
    assert names == ["AFP", "AP", "Efe", "The Meridian Graphics"]  # the last drew our map
    newest_first = sorted(updates.items(), key=lambda at: at[1]["published_at"], reverse=True)
    cited = {a["update"][0]: (a["source"], a["role"]) for a in fields(rows, "attribution")}
    assert [
        (update["headline"].split()[0], update["published_at"][:16], cited[pk])
        for pk, update in newest_first
    ] == [
        ("Washington", "2024-10-25T08:00", (["efe"], "reported_by")),
        ("Usyk", "2024-10-25T07:40", (["efe"], "reported_by")),
        ("Putin", "2024-10-25T07:20", (["afp"], "reported_by")),
        ("Guterres", "2024-10-25T07:00", (["efe"], "reported_by")),
        ("Japan", "2024-10-25T06:40", (["efe"], "reported_by")),
    ]


def test_what_it_assumes_is_said(document):
    out, err = build(document)
    assert err.splitlines() == [
        "no --timezone: UTC",
        "no --language: en",
        "no times and no --date: the newest update is of this minute",
        "no --slug: floods-close-the-road-between-the-two-valleys, from the headline",
    ]
    [story] = fields(json.loads(out), "story")
    assert (story["timezone"], story["language"]) == ("UTC", "en")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("--timezone Europe/Kursk", "there is no such time zone"),
        ("--timezone ../etc", "there is no such time zone"),
        ("--date yesterday", "give it as 2024-10-25T10:00"),
        ("--date 2024-10-25", "give it as 2024-10-25T10:00"),
        ("--date 2024-13-25T10:00", "give it as 2024-10-25T10:00"),
        ("--date 9000-01-01T10:00", "lies in the future"),
        ("--slug 'no slug'", "lower-case letters, digits and hyphens"),
        ("--slug ''", "lower-case letters, digits and hyphens"),
        ("--slug " + "a" * 81, "80 at most"),
        ("--every 0", "at least 1 minute"),
        ("--every -5", "at least 1 minute"),
        ("--every 99999999999999999", "too long"),
        ("--language English", "give it as en"),
    ],
)
def test_option_refused(document, options, reason):
    with pytest.raises(CommandError, match=reason):
        build(document, options)


def test_every_problem_on_a_line_of_its_own(document):
    document.write_bytes(TEXT.encode() + b"\nOne\n\nTwo\n")
    with pytest.raises(CommandError) as error:
        build(document, DEMO)
    assert [line.split(";")[0] for line in str(error.value).split("\n")] == [
        "line 9: another headline follows the headline “One”",
        "line 11: the end follows the headline “Two”",
    ]


def test_a_headline_that_makes_no_address(document):
    document.write_text("???")
    with pytest.raises(CommandError, match="line 1: give --slug"):
        build(document)


def test_nothing_is_written_of_a_wrong_document(document, tmp_path):
    output = tmp_path / "out.json"
    output.write_text("before")
    document.write_bytes(b"\x00")
    with pytest.raises(CommandError, match="line 1"):
        build(document, f"-o {output}")
    assert output.read_text() == "before"
    kept = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert kept == ["floods.txt", "out.json"]


def test_files_that_are_not_there(document, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        build(tmp_path / "none.txt")
    with pytest.raises(CommandError, match="No such file"):
        build(document, f"-o {tmp_path / 'none' / 'out.json'}")
    with pytest.raises(CommandError, match="directory"):
        build(tmp_path)


@pytest.mark.parametrize(
    "entry",
    [
        *("file = '../map.png'", "role = 'cover'", "width = 0", "colour = 1", "width = 'x'", "x ="),
        "file = '/map.png'",
    ],
)
def test_companion_refused(document, entry):
    good = {"file": "'map.png'", "width": 1, "height": 1, "alt": "'A map'", "role": "'share'"}
    key = entry.split(" ")[0]
    lines = [f"{name} = {value}" for name, value in good.items() if name != key]
    listing = document.with_name("floods.pictures.toml")
    listing.write_text("\n".join(["[[pictures]]", *lines, entry]))
    with pytest.raises(CommandError, match=r"floods\.pictures\.toml"):
        build(document)
    listing.write_text("\n".join(["[[pictures]]", *(f"{n} = {v}" for n, v in good.items())]))
    assert '"file": "pictures/map.png"' in build(document)[0]
