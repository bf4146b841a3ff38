"""From document to rows."""

import json
import uuid
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.apps import apps

from liveblog.interchange import fixture
from liveblog.interchange.document.parser import parse
from liveblog.interchange.document.picture_list import ListedPicture
from liveblog.interchange.document.timing import plan

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
NEWEST = datetime(2024, 10, 25, 8, 0, tzinfo=UTC)
TOP = "Floods close the road between the two valleys\n\nIt rains, as reported by AFP.\n\n"


def rows_of(source, listed_pictures=(), **options):
    document = parse(source)
    schedule = plan(
        [update.time for update in document.updates],
        zone=ZoneInfo("Europe/Madrid"),
        now=NOW,
        newest=NEWEST,
        **options,
    )
    place = {"slug": "floods", "language": "en", "timezone": "Europe/Madrid"}
    return fixture.rows(document, schedule, listed_pictures=listed_pictures, **place)


def fields(rows, model):
    return [row["fields"] for row in rows if row["model"] == f"liveblog.{model}"]


def test_rows_in_the_order_of_their_dependence():
    rows = rows_of(
        "Floods close the road between the two valleys\n\nA bridge.AP\n\nIt rains.\n\n"
        "Boats\n\nThey came, as reported by Efe.\n\nA boat.\nA boat.AP"
    )
    assert [row["model"].removeprefix("liveblog.") for row in rows] == [
        *("source", "source", "picture", "picture", "story", "update"),
        *("updatepicture", "attribution"),
    ]
    assert [row["model"] for row in rows if "pk" in row] == [
        *("liveblog.picture", "liveblog.picture", "liveblog.update")
    ]


def test_story_without_updates():
    [story] = rows_of(TOP)
    assert story == {
        "model": "liveblog.story",
        "fields": {
            "slug": "floods",
            "status": "live",
            "kicker": "",
            "headline": "Floods close the road between the two valleys",
            "standfirst": "",
            "introduction": "<p>It rains, as reported by AFP.</p>",
            "lead_picture": None,
            "share_picture": None,
            "language": "en",
            "timezone": "Europe/Madrid",
            "times_assigned": False,
            "created_at": "2024-10-25T08:00:00.000000Z",
            "opened_at": "2024-10-25T08:00:00.000000Z",
            "last_updated_at": "2024-10-25T08:00:00.000000Z",
        },
    }


def test_updates_from_old_to_new():
    rows = rows_of(TOP + "Two\n\nB & <b>.\n\nOne\n\nA.\n\nA2.")
    [one, two] = [row for row in rows if row["model"] == "liveblog.update"]
    assert one["fields"] == {
        "story": ["floods"],
        "status": "published",
        "headline": "One",
        "body": "<p>A.</p><p>A2.</p>",
        "published_at": "2024-10-25T07:40:00.000000Z",
        "created_at": "2024-10-25T07:40:00.000000Z",
    }
    assert (two["fields"]["headline"], two["fields"]["body"]) == (
        "Two",
        "<p>B &amp; &lt;b&gt;.</p>",
    )
    assert uuid.UUID(one["pk"]).version == 5


def test_updates_of_one_headline_have_ids_of_their_own_that_stay():
    def ids(source):
        rows = rows_of(TOP + source)
        return [row["pk"] for row in rows if row["model"] == "liveblog.update"]

    same = "Rain\n\nB.\n\nRain\n\nA."
    assert len(set(ids(same))) == 2
    assert ids("Sun\n\nC.\n\nRain\n\nC.\n\n" + same)[:2] == ids(same)


def test_attributions_in_order():
    rows = rows_of(
        TOP + "One\n\nAfp reports it, according to the Pentagon, and to Efe.\n\nSo AFP said."
    )
    [update] = [row["pk"] for row in rows if row["model"] == "liveblog.update"]
    assert fields(rows, "attribution") == [
        {"update": [update], "source": ["afp"], "role": "reported_by", "position": 0},
        {"update": [update], "source": ["pentagon"], "role": "quoted", "position": 1},
    ]
    assert fields(rows, "source") == [
        {"name": "AFP", "slug": "afp", "kind": "agency"},
        {"name": "Pentagon", "slug": "pentagon", "kind": "official"},
    ]


def test_the_first_spelling_of_a_source_is_the_document_s():
    rows = rows_of(TOP + "Two\n\nB, as reported by Nordia.\n\nOne\n\nA, as reported by NORDIA.")
    assert [source["name"] for source in fields(rows, "source")] == ["Nordia"]
    assert [at["source"] for at in fields(rows, "attribution")] == [["nordia"], ["nordia"]]


def test_companion_pictures():
    shared = ListedPicture("pictures/map.png", 12, 6, "A map", "share", "Map.", "Desk")
    inside = ListedPicture("plan.png", 12, 6, "A plan", "introduction")
    rows = rows_of(TOP, [shared, inside])
    [share, introduction] = [row for row in rows if row["model"] == "liveblog.picture"]
    [story] = fields(rows, "story")
    assert share["fields"] == {
        "file": "pictures/map.png",
        "width": 12,
        "height": 6,
        "alt": "A map",
        "caption": "Map.",
        "credit": ["desk"],
        "created_at": "2024-10-25T08:00:00.000000Z",
    }
    assert story["share_picture"] == [share["pk"]]
    assert f'data-picture="{introduction["pk"]}"' in story["introduction"]


def test_json_is_plain_and_ends_in_a_line():
    text = fixture.to_json(rows_of("Peña dice que no y que no lo dirá nunca"))
    assert json.loads(text)[0]["fields"]["headline"] == "Peña dice que no y que no lo dirá nunca"
    assert "Peña" in text
    assert text.endswith("]\n")


def test_every_field_is_the_model_s():
    for row in rows_of(TOP + "One\n\nA, as reported by Efe.\n\nA boat.\nA boat.AP"):
        model = apps.get_model(row["model"])
        assert all(model._meta.get_field(name).concrete for name in row["fields"])
