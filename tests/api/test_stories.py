"""Stories by programs: made, changed, opened, ended, withdrawn."""

import pytest
from django.db import connection

from liveblog import publishing
from liveblog.models import Story, Topic, Update, Version
from tests import cast

from .client import Program, new_id

pytestmark = pytest.mark.django_db


def test_a_story_from_draft_to_end(program):
    made = program.post("/stories", {"headline": "A bridge", "topics": [{"name": "Bridges"}]})
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert made.headers["Location"] == "/api/v1/stories/a-bridge"
    assert made.json()["topics"] == [{"slug": "bridges", "name": "Bridges"}]

    for verb, status in [("open", "live"), ("end", "ended"), ("open", "live")]:
        for _ in range(2):
            response = program.post(f"/stories/a-bridge/{verb}")
            assert (response.status_code, response.json()["status"]) == (200, status)


def test_opening_publishes_the_drafts_that_it_names(program, editor):
    story = cast.make_story(editor)
    drafts = [new_id() for _ in range(3)]
    for id in drafts:
        program.put(story, id, {"text": id})

    response = program.post(f"/stories/{story.slug}/open", {"updates": drafts[:2]})
    again = program.post(f"/stories/{story.slug}/open", {"updates": drafts[:2]})

    assert (response.status_code, again.json()) == (200, response.json())
    newest_first = Update.objects.public().newest_first()
    assert [str(each.pk) for each in newest_first] == [drafts[1], drafts[0]]
    assert program.post(f"/stories/{story.slug}/open", {"updates": [new_id()]}).status_code == 422


def test_a_chief_editor_s_program_withdraws(chief, story):
    response = Program(chief, chief).post(f"/stories/{story.slug}/withdraw", {"note": "A mistake."})

    assert response.json()["status"] == "withdrawn"
    assert Program(chief, chief).get(f"/stories/{story.slug}/updates").status_code == 410


def test_change_names_what_changes(program, story):
    story.refresh_from_db()
    response = program.ask("PATCH", f"/stories/{story.slug}", {"kicker": "Kursk"}, if_match='"2"')

    assert response.json()["kicker"] == "Kursk"
    assert response.json()["headline"] == story.headline
    stale = program.ask("PATCH", f"/stories/{story.slug}", {"kicker": "Mine"}, if_match='"2"')
    assert stale.status_code == 412
    assert stale.json()["current"]["kicker"] == "Kursk"
    same = program.ask("PATCH", f"/stories/{story.slug}", {"kicker": "Kursk"}, if_match='"2"')
    assert same.status_code == 200


def test_a_story_that_is_deleted_meanwhile_is_a_conflict(program, editor):
    story = cast.make_story(editor)

    def delete_before_it_is_locked(execute, sql, *more):
        if "has_webhooks" in sql:
            Version.objects.filter(story=story).delete()
            Story.objects.filter(pk=story.pk).delete()
        return execute(sql, *more)

    with connection.execute_wrapper(delete_before_it_is_locked):
        answer = program.ask("PATCH", f"/stories/{story.slug}", {"kicker": "Kursk"})

    assert answer.status_code == 409


def test_a_story_answers_under_its_old_address(program, story):
    old = story.slug
    program.ask("PATCH", f"/stories/{old}", {"slug": "new-address"})

    assert program.get(f"/stories/{old}").json()["slug"] == "new-address"
    assert program.get(f"/stories/{old}/updates").json()["story"] == "new-address"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "headline"),
        ({"headline": ""}, "headline"),
        ({"headline": "x", "slug": "a/b"}, "slug"),
        ({"headline": "x", "slug": "taken", "topics": [{"name": "Bridges"}]}, "slug"),
        ({"headline": "x", "language": "English"}, "language"),
        ({"headline": "x", "timezone": "Mars"}, "timezone"),
        ({"headline": "x", "topics": ["nothing"]}, "topics"),
        ({"headline": "x", "lead_picture": new_id()}, "lead_picture"),
    ],
)
def test_bad_fields_are_named(program, editor, data, field):
    cast.make_story(editor, slug="taken")

    response = program.post("/stories", data)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field
    assert Story.objects.count() == 1
    assert not Topic.objects.exists()


def test_the_list_is_cut_into_pages(program, editor):
    for number in range(3):
        cast.make_live_story(editor, f"Story {number}")

    first = program.get("/stories?limit=2").json()
    second = program.get("/stories?limit=2&offset=2").json()

    assert [each["headline"] for each in first["stories"]] == ["Story 2", "Story 1"]
    assert (first["more"], second["more"]) == (True, False)
    assert len(program.get("/stories?status=draft").json()["stories"]) == 0
    assert program.get("/stories?limit=0").status_code == 422


def test_a_story_s_tag_hides_no_publication(program, story, editor):
    before = program.get(f"/stories/{story.slug}")
    cast.publish(story, editor)

    now = program.get(f"/stories/{story.slug}", if_none_match=before.headers["ETag"])

    assert now.headers["ETag"] == before.headers["ETag"]
    assert now.status_code == 200
    assert now.json()["cursor"] != before.json()["cursor"]


def test_the_list_reads_with_few_queries(program, editor, django_assert_max_num_queries):
    for number in range(10):
        publishing.edit_story(
            cast.make_live_story(editor, f"Story {number}"),
            publishing.StoryContent(headline=f"Story {number}"),
            by=editor,
        )

    program.get("/me")  # the first use of a day is recorded
    with django_assert_max_num_queries(8):
        program.get("/stories")


@pytest.mark.parametrize("status", ["live", "ended", "withdrawn"])
def test_a_change_of_status_is_told_where_it_is_made(program, editor, status):
    story = cast.make_story(editor)
    path = f"/stories/{story.slug}"
    answer = program.ask("PATCH", path, {"status": status, "kicker": "Kursk"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "status"
    assert "…/open" in answer.json()["detail"]
    assert program.ask("PATCH", path, program.get(path).json()).status_code == 200
    assert program.post("/stories", {"headline": "New", "status": status}).status_code == 422


def test_head_is_a_get_without_a_body(program, story):
    for path in ("/stories", f"/stories/{story.slug}", f"/stories/{story.slug}/updates", "/me"):
        get, head = program.get(path), program.ask("HEAD", path)
        assert (head.status_code, head.headers.get("ETag")) == (200, get.headers.get("ETag"))
        assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert program.ask("HEAD", "/stories/nowhere").status_code == 404
    assert program.ask("HEAD", f"/stories/{story.slug}/end").status_code == 405
