"""Old addresses lead to the stories that moved here."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from liveblog.models import MovedAddress, Story
from liveblog.publishing import keep_moved_addresses
from tests import cast
from tests.interchange.importing import bring_in
from tests.interchange.samples import FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return cast.make_live_story(cast.make_editor())


@pytest.fixture
def load(tmp_path):
    def load(*rows):
        path = tmp_path / "table.csv"
        path.write_text("old,new\n" + "\n".join(rows), encoding="utf-8")
        out, err = StringIO(), StringIO()
        try:
            call_command("import_addresses", path, stdout=out, stderr=err)
        except CommandError as error:
            return error.returncode, err.getvalue()
        return 0, out.getvalue()

    return load


@pytest.mark.parametrize("old", ["/2024/strike/", "https://old.example/2024/strike?x=1#y"])
@pytest.mark.parametrize("asked", ["/2024/strike", "/2024/strike/", "/2024/strike/?utm_source=x"])
def test_old_address_redirects_for_good(client, load, story, old, asked):
    assert load(f"{old},/live/{story.slug}/")[0] == 0

    answer = client.get(asked)

    assert (answer.status_code, answer.url) == (301, f"/live/{story.slug}/")


def test_update_has_an_old_address_of_its_own(client, load, story):
    update = cast.publish(story, cast.make_editor("eva"))

    load(f"/2024/strike/7,/live/{story.slug}/updates/{update.pk}/")

    assert client.get("/2024/strike/7").url == f"/live/{story.slug}/updates/{update.pk}/"


def test_draft_story_is_not_told_by_a_redirect(client, load):
    story = cast.make_story(cast.make_editor("eva"))

    load(f"/2024/strike,{story.slug}")

    assert client.get("/2024/strike").status_code == 404


def test_table_twice_changes_nothing(load, story):
    row = f"/2024/strike,{story.slug}"
    load(row)

    assert "0 new, 0 changed, 1 unchanged" in load(row)[1]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("/2024/x", "two columns"),
        ("https://old.example,{slug}", "no path"),
        ("/topics/,{slug}", "this site's own"),
        ("/live/old/,{slug}", "this site's own"),
        ("/healthz,{slug}", "this site's own"),
        ("/static/page.css,{slug}", "this site's own"),
        ("/2024/x,/topics/", "no story's"),
        ("/2024/x,nowhere", "no story at"),
        ("/2024/x,/live/{slug}/updates/7/", "no update at"),
    ],
)
def test_line_that_can_not_be_kept_is_named(load, story, row, expected):
    code, problems = load(row.format(slug=story.slug), f"/2024/good,{story.slug}")

    assert code == 1
    assert problems.startswith("line 2: ")
    assert expected in problems
    assert [each.path for each in MovedAddress.objects.all()] == ["/2024/good"]


def test_old_mac_lines_are_lines(load, story):
    assert load(f"/2024/x,{story.slug}\r/2024/y,{story.slug}")[0] == 0
    assert MovedAddress.objects.count() == 2


def test_quote_that_never_ends_is_told_with_its_line(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('old,new\n"' + "x" * 200_000)

    with pytest.raises(CommandError, match=r"^table.csv: line 2: ") as raised:
        call_command("import_addresses", path)
    assert raised.value.returncode == 2


def test_many_addresses_are_asked_for_in_parts(story):
    rows = [MovedAddress(path=f"/2024/{n}", story=story) for n in range(2000)]
    sizes = []

    def note(execute, sql, params, many, context):
        sizes.append(len(params or ()))
        return execute(sql, params, many, context)

    keep_moved_addresses(rows)
    with connection.execute_wrapper(note):
        assert keep_moved_addresses(rows) == (0, 0)

    assert max(sizes) <= 500


def test_table_names_only_what_came_in(tmp_path, load):
    table, source = tmp_path / "moved.csv", tmp_path / "feed.json"
    address = "https://old.example/strike"
    items = [
        {"id": name, "url": f"{address}/{name}", "content_text": text, "date_published": moment}
        for name, text, moment in (
            ("good", "Fine.", "2024-10-25T06:00:00Z"),
            ("bad", "No date.", "never"),
        )
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Strike", "items": items}
    source.write_text(json.dumps({**feed, "home_page_url": address}))

    code, _ledger = bring_in(source, tmp_path, publish=True, addresses=table)

    assert code == 1
    rows = list(csv.reader(StringIO(table.read_text(encoding="utf-8"))))[1:]
    assert [old for old, _new in rows] == [address, f"{address}/good"]
    assert load(*map(",".join, rows))[0] == 0


def test_import_writes_the_table(tmp_path, client, load):
    table = tmp_path / "moved.csv"
    source = FOLDER / "wordpress/two-posts.xml"

    bring_in(source, tmp_path, select=["41"], publish=True, addresses=table)

    rows = list(csv.reader(StringIO(table.read_text(encoding="utf-8"))))
    assert rows == [
        ["old", "new"],
        ["https://ferrypost.example/2024/ferry-strike/", "/live/ferry-strike/"],
    ]
    call_command("import_addresses", table, stdout=StringIO())
    assert client.get("/2024/ferry-strike/").url == Story.objects.get().get_absolute_url()
