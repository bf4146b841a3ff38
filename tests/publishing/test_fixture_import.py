"""Imports into a running newsroom."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from liveblog import publishing
from liveblog.models import Attribution, Source, Story, Update, Version
from tests import cast

pytestmark = pytest.mark.django_db

FIRST = "11111111-1111-4111-8111-111111111111"
SECOND = "22222222-2222-4222-8222-222222222222"


def rows(**changed):
    """A story of two updates, as build_fixture writes them."""
    return [
        {"model": "liveblog.source", "fields": {"name": "Efe", "slug": "efe", "kind": "agency"}},
        {
            "model": "liveblog.story",
            "fields": {
                "slug": "kursk",
                "status": "live",
                "headline": changed.get("story", "Kursk"),
                "opened_at": "2024-10-25T06:00:00Z",
                "created_at": "2024-10-25T06:00:00Z",
            },
        },
        *(
            {
                "model": "liveblog.update",
                "pk": pk,
                "fields": {
                    "story": ["kursk"],
                    "status": "published",
                    "headline": changed.get(name, name),
                    "body": changed.get("body", "<p>Text.</p>"),
                    "published_at": f"2024-10-25T0{hour}:00:00Z",
                    "created_at": f"2024-10-25T0{hour}:00:00Z",
                },
            }
            for pk, name, hour in [(FIRST, "first", 6), (SECOND, "second", 7)]
        ),
        {
            "model": "liveblog.attribution",
            "fields": {"update": [FIRST], "source": ["efe"], "role": "reported_by"},
        },
    ]


def dump():
    out = StringIO()
    call_command("dumpdata", "liveblog", "--natural-foreign", "--natural-primary", stdout=out)
    return out.getvalue()


def test_load_numbers_a_new_story(load):
    load(rows())

    story = Story.objects.get()
    assert (story.status, story.revision, story.changed_revision) == ("live", 1, 1)
    assert story.last_updated_at.isoformat() == "2024-10-25T07:00:00+00:00"
    assert [each.number for each in story.updates.all()] == [1, 1]
    efe = Attribution.objects.get().source
    assert efe.name == "Efe"
    assert (story.update_count, story.source_counts) == (2, {str(efe.pk): 1})
    assert Version.objects.filter(verb="import").count() == 3


def test_load_twice_changes_nothing(load):
    load(rows())
    before = dump()

    load(rows())

    assert dump() == before


def test_load_stamps_what_really_differs(load):
    load(rows())
    epoch = Story.objects.get().epoch

    load(rows(second="changed"))

    story = Story.objects.get()
    assert (story.epoch, story.revision) == (epoch, 2)
    assert {each.headline: each.revision for each in story.updates.all()} == {
        "first": 1,
        "changed": 2,
    }
    assert [each.number for each in story.updates.all()] == [1, 1]


def test_load_keeps_sources_that_exist(load):
    Source.objects.create(name="EFE", kind="agency", credit_line="Agencia EFE")

    load(rows())

    assert Source.objects.get().credit_line == "Agencia EFE"
    assert Attribution.objects.get().source.name == "EFE"


def test_load_over_an_edited_story_is_refused(load):
    load(rows())
    editor = cast.make_editor()
    publishing.edit(Update.objects.get(pk=FIRST), cast.content("Mine."), by=editor, kind="typo")
    before = dump()

    with pytest.raises(CommandError, match="edited since its import"):
        load(rows(second="changed"))

    assert dump() == before
    load(rows(second="changed"), overwrite=True)
    assert {each.headline for each in Update.objects.all()} == {"first", "changed"}


def test_load_of_the_same_rows_beside_new_work_is_fine(load):
    load(rows())
    cast.publish(Story.objects.get(), cast.make_editor())
    before = dump()

    load(rows(), overwrite=False)

    assert Update.objects.count() == 3
    assert before.count("liveblog.update") == dump().count("liveblog.update")


def test_load_does_not_bring_back_what_was_retracted(load):
    load(rows())
    publishing.retract(Update.objects.get(pk=FIRST), by=cast.make_editor(), without_trace=True)

    load(rows(), overwrite=True)

    assert Update.objects.get(pk=FIRST).status == "retracted"


def test_load_cleans_text(load):
    load(rows(body="<p onclick=x>a<script>b</script></p>"))

    assert {each.body for each in Update.objects.all()} == {"<p>a</p>"}
    assert {each.body_html for each in Update.objects.all()} == {"<p>a</p>"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data[2]["fields"].update(published_at="2999-01-01T00:00:00Z"), "future"),
        (lambda data: data[1]["fields"].update(timezone="Mars/Base"), "not a time zone"),
        (lambda data: data[1]["fields"].update(headline="x" * 301), "at most 300"),
        (lambda data: data[0]["fields"].update(url="javascript:alert(1)"), "valid URL"),
        (lambda data: data[2]["fields"].update(story=["nowhere"]), "story is not there"),
        (lambda data: data[2]["fields"].update(status="shouted"), "update_status_is_known"),
        (lambda data: data[2]["fields"].update(headline="a\x00b"), "control character"),
        (lambda data: data[2]["fields"].update(published_at=None), "update_seen_has_numbers"),
        (lambda data: data[2]["fields"].update(published_at="2024-10-25T06:00:00"), "no time zone"),
        (
            lambda data: data[2]["fields"].update(published_at="0001-01-01T00:00+14:00"),
            "between 1000 and 8999",
        ),
        (lambda data: data[1]["fields"].update(opened_at="9999-12-31T23:59-14:00"), "opened_at"),
        (lambda data: data[1]["fields"].update(revision=2**31 - 1), "revision: at most"),
        (
            lambda data: data[3]["fields"].update(colour="red"),
            f"line 1: liveblog.update {SECOND}: Update has no field named 'colour'",
        ),
        (lambda data: data[2].update(pk="x"), "liveblog.update x: “x” is not a valid UUID"),
        (
            lambda data: data[4]["fields"].update(source=["nobody"]),
            "liveblog.attribution: its source is not there: nobody",
        ),
        (
            lambda data: data[4]["fields"].update(update=["33333333-3333-4333-8333-333333333333"]),
            "its update is not there: 33333333-3333-4333-8333-333333333333",
        ),
        (lambda data: data[2]["fields"].pop("story"), f"update {FIRST}: its story is missing"),
        (lambda data: data[2]["fields"].update(headline=["a"]), "headline: a text .*not a list"),
        (lambda data: data[2]["fields"].update(headline=None), "headline: a text .*not null"),
        (lambda data: data[1]["fields"].update(kicker=1.5), "kicker: a text .*not a float"),
        (
            lambda data: data[2]["fields"].update(headline="", body=""),
            "neither a headline nor a text",
        ),
        (
            lambda data: data[1]["fields"].update(status="draft"),
            "published, and its story is a draft",
        ),
        (
            lambda data: data.append({**data[2], "fields": {**data[2]["fields"], "headline": "b"}}),
            f"update {FIRST}: given twice",
        ),
        (
            lambda data: data.append({**data[1], "fields": {**data[1]["fields"], "headline": "b"}}),
            "story kursk: given twice",
        ),
    ],
)
def test_load_of_a_bad_row_says_what_and_keeps_nothing(load, change, expected):
    data = rows()
    change(data)

    with pytest.raises(CommandError, match=expected):
        load(data)

    assert Story.objects.count() == Update.objects.count() == Source.objects.count() == 0


def test_a_broken_rule_is_named_without_the_text_of_the_row(load):
    data = rows()
    data[2]["fields"].update(published_at=None, headline="Embargoed")

    with pytest.raises(CommandError, match="update_seen_has_numbers") as refused:
        load(data)

    assert "Embargoed" not in str(refused.value)


def test_rows_that_are_given_twice_alike_come_in_once(load):
    load([*rows(), *rows()])

    assert Update.objects.count() == 2


def test_retracted_update_without_a_time_is_retracted_by_the_import(load):
    load(rows())
    data = rows()
    data[2]["fields"]["status"] = "retracted"

    load(data)
    before = dump()
    load(data)

    assert dump() == before
    assert Update.objects.get(pk=FIRST).retracted_at


def test_dump_of_a_newsroom_changes_nothing_in_it(load):
    """Moments keep their microseconds, else an edited story would seem to differ."""
    load(rows())
    cast.publish(Story.objects.get(), cast.make_editor())
    parts = [row for row in json.loads(dump()) if row["model"] != "liveblog.version"]
    before = dump()

    load(parts)

    assert dump() == before


def test_queries_do_not_grow_with_what_is_there_already(load, django_assert_max_num_queries):
    data = rows()
    for number in range(40):
        pk = f"{number:08}-0000-4000-8000-000000000000"
        data.insert(-1, {**data[2], "pk": pk})
    load(data)

    with django_assert_max_num_queries(40):
        load(data)


@pytest.mark.parametrize("written", [b"5", b'["\xff"]', b"\x00"])
def test_load_of_no_fixture_is_told(tmp_path, written):
    path = tmp_path / "fixture.json"
    path.write_bytes(written)

    with pytest.raises(CommandError):
        call_command("loaddata", path, verbosity=0)


def test_dump_loads_into_an_empty_newsroom(load, tmp_path):
    load(rows())
    cast.publish(Story.objects.get(), cast.make_editor())
    dumped = json.loads(dump())
    story = Story.objects.get()
    numbers = {each.pk: (each.number, each.revision) for each in Update.objects.all()}
    for model in (Attribution, Version, Update, Story):
        model.objects.all().delete()

    load([row for row in dumped if row["model"] != "liveblog.version"])

    assert {each.pk: (each.number, each.revision) for each in Update.objects.all()} == numbers
    assert Story.objects.get().revision == story.revision
    assert Story.objects.get().epoch != story.epoch


OTHERS = {
    "auth.user": {"username": "mallory", "password": "x", "is_superuser": True, "is_staff": True},
    "sessions.session": {"session_data": "x", "expire_date": "2030-01-01T00:00:00Z"},
    "admin.logentry": {"action_flag": 1, "object_repr": "x", "user": 1},
    "liveblog.version": {"story": ["kursk"], "version": 1, "verb": "publish", "content": {}},
    "liveblog.apitoken": {"name": "x", "person": 1},
    "liveblog.webhook": {"name": "x"},
    "liveblog.auditentry": {"action": "sign_in", "person": "mallory"},
    "liveblog.auditretention": {"before": "2020-01-01T00:00:00Z"},
    "liveblog.movedaddress": {"path": "/old", "story": ["kursk"]},
    "liveblog.webhookmessage": {"type": "story.changed", "story": ["kursk"]},
    "otp_totp.totpdevice": {"user": 1, "name": "x", "confirmed": True, "key": "ab" * 20},
    "otp_static.staticdevice": {"user": 1, "name": "x", "confirmed": True},
    "otp_static.statictoken": {"device": 1, "token": "x"},
    "auth.group": {"name": "Chief editor", "permissions": []},
    "auth.permission": {"name": "x", "content_type": 1, "codename": "x"},
    "contenttypes.contenttype": {"app_label": "x", "model": "y"},
    "axes.accessattempt": {"username": "ed", "failures_since_start": 99},
}


def everything():
    out = StringIO()
    call_command("dumpdata", "--all", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("model", OTHERS)
def test_rows_that_are_no_part_of_a_story_are_refused(load, model):
    User.objects.create(pk=1, username="ed")
    before = everything()

    row = {"model": model, "pk": "a" * 32 if "session" in model else 77, "fields": OTHERS[model]}
    with pytest.raises(CommandError, match=f"--allow {model}"):
        load([*rows(), row])

    assert everything() == before


def test_rows_of_other_apps_come_in_where_they_are_allowed(load):
    row = {"model": "auth.user", "pk": 77, "fields": OTHERS["auth.user"]}

    load([*rows(), row], allow=["auth.user"])

    assert User.objects.get(pk=77).username == "mallory"


def test_a_body_beyond_measure_is_refused(load):
    with pytest.raises(CommandError, match="body"):
        load(rows(body="<p>" + "word " * 300_000 + "</p>"))

    assert Update.objects.count() == 0
