"""Updates by programs: once however often sent, never over somebody else's text."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Person, Picture, Source, Update, Version
from tests import cast

from .client import Program, new_id

pytestmark = pytest.mark.django_db

PUBLISHED = {"headline": "Bridge open", "body": "<p>Cars cross.</p>", "status": "published"}


def versions(id):
    return Version.objects.filter(update_id_was=id).count()


def test_put_publishes_once(program, story):
    id = new_id()

    answers = [program.put(story, id, PUBLISHED) for _ in range(10)]

    assert [each.status_code for each in answers] == [201] + [200] * 9
    assert {each.headers["ETag"] for each in answers} == {'"1"'}
    assert {each.content for each in answers} == {answers[0].content}
    assert versions(id) == 1
    assert answers[0].headers["Location"].endswith(f"/stories/{story.slug}/updates/{id}")


def test_an_answer_says_what_was_published(program, story):
    id = new_id()
    response = program.put(story, id, {**PUBLISHED, "sources": [{"name": "Efe", "kind": "agency"}]})

    data = response.json()
    assert data["id"] == id
    assert data["status"] == "published"
    assert data["plain_text"] == "Cars cross."
    assert data["sources"][0] | {"link": ""} == {
        "slug": "efe",
        "name": "Efe",
        "credit": "Efe",
        "kind": "agency",
        "link": "",
        "role": "reported_by",
        "url": "",
    }
    assert program.get(f"/stories/{story.slug}/updates/{id}").json() == data


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_put_keeps_what_readers_do_not_see(program, story, status):
    response = program.put(story, new_id(), {"text": "One.\nTwo.", "status": status})

    assert response.json()["status"] == status
    assert response.json()["body"] == "<p>One.</p><p>Two.</p>"
    assert response.json()["url"] is None


def test_put_schedules(program, story):
    at = timezone.now() + timedelta(hours=1)
    id = new_id()
    wanted = {"text": "Later.", "status": "scheduled", "scheduled_for": at.isoformat()}

    first, second = (program.put(story, id, wanted) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert Update.objects.get().scheduled_for == at
    assert versions(id) == 1
    back = program.put(story, id, {"status": "draft"})
    assert (back.json()["status"], back.json()["scheduled_for"]) == ("draft", None)


def test_what_was_read_of_a_scheduled_update_is_sent_back_to_publish_it(program, story):
    id, at = new_id(), timezone.now() + timedelta(hours=1)
    wanted = {"text": "Later.", "status": "scheduled", "scheduled_for": at.isoformat()}
    read = program.put(story, id, wanted).json()

    answer = program.put(story, id, {**read, "status": "published"}, if_match='"1"')

    assert (answer.status_code, answer.json()["status"]) == (200, "published")


def test_put_moves_a_draft_on(program, story):
    id = new_id()
    program.put(story, id, {"text": "Words."})

    for status in ("submitted", "draft", "published"):
        assert program.put(story, id, {"status": status}).json()["status"] == status


def test_an_edit_names_its_version(program, story):
    id = new_id()
    program.put(story, id, PUBLISHED)

    response = program.put(story, id, {"headline": "Bridge closed"}, if_match='"1"')

    assert response.status_code == 200
    assert response.headers["ETag"] == '"2"'
    assert response.json()["last_kind"] == "information"
    assert response.json()["body"] == "<p>Cars cross.</p>"


def test_a_correction_is_told_with_its_note(program, story):
    id = new_id()
    program.put(story, id, PUBLISHED)
    edit = {"headline": "Bridge closed", "kind": "correction", "note": "It was closed."}

    response = program.put(story, id, edit, if_match='"1"')
    again = program.put(story, id, edit, if_match='"1"')

    assert [each["note"] for each in response.json()["corrections"]] == ["It was closed."]
    assert (again.status_code, versions(id)) == (200, 2)


def test_a_note_on_the_same_words_is_told_once(program, story):
    id = new_id()
    program.put(story, id, PUBLISHED)
    noted = {**PUBLISHED, "kind": "correction", "note": "It was closed."}

    first, again = (program.put(story, id, noted, if_match='"1"') for _ in range(2))

    assert (first.status_code, again.status_code, versions(id)) == (200, 200, 2)
    assert [each["note"] for each in first.json()["corrections"]] == ["It was closed."]


def test_a_note_without_a_version_is_told_too(program, story):
    id = new_id()
    program.put(story, id, PUBLISHED)
    noted = {"kind": "clarification", "note": "By day.", "headline": PUBLISHED["headline"]}

    answer = program.put(story, id, noted)

    assert [each["note"] for each in answer.json()["corrections"]] == ["By day."]
    again = program.put(story, id, answer.json(), if_match='"2"')
    assert (again.status_code, versions(id)) == (200, 2)


def test_a_stale_edit_returns_both_texts(program, story):
    id = new_id()
    program.put(story, id, PUBLISHED)
    program.put(story, id, {"headline": "Theirs"}, if_match='"1"')

    response = program.put(story, id, {"headline": "Mine"}, if_match='"1"')

    assert response.status_code == 412
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["ETag"] == '"2"'
    assert response.json()["current"]["headline"] == "Theirs"
    assert response.json()["attempted"]["headline"] == "Mine"
    assert Update.objects.get().headline == "Theirs"


def test_another_text_without_a_version_changes_nothing(program, story):
    id = new_id()
    program.put(story, id, PUBLISHED)

    response = program.put(story, id, {**PUBLISHED, "headline": "Another"})

    assert response.status_code == 409
    assert response.json()["current"]["headline"] == "Bridge open"
    assert response.json()["attempted"]["headline"] == "Another"
    assert versions(id) == 1


def test_a_repeated_request_leaves_a_later_edit_alone(program, story, editor):
    id = new_id()
    program.put(story, id, PUBLISHED)
    better = cast.content("Better words.")
    publishing.edit(Update.objects.get(), better, by=editor, kind="typo")

    response = program.put(story, id, PUBLISHED)

    assert response.status_code == 200
    assert response.json()["headline"] == "Better words"
    assert versions(id) == 2


def test_a_repeated_request_with_a_picture_leaves_a_later_edit_alone(program, story, editor):
    id, picture = new_id(), Picture.objects.create(alt="A bridge")
    sent = {**PUBLISHED, "pictures": [str(picture.pk)]}
    program.put(story, id, sent)
    better = cast.content("Better words.", pictures=(picture.pk,))
    publishing.edit(Update.objects.get(), better, by=editor, kind="typo")

    answer = program.put(story, id, sent)

    assert (answer.status_code, versions(id)) == (200, 2)
    assert answer.json()["headline"] == "Better words"


def test_what_is_left_out_stays(program, story):
    efe = cast.make_source("Efe")
    id = new_id()
    program.put(story, id, {**PUBLISHED, "sources": ["efe"], "is_key_event": True})

    data = program.put(story, id, {"headline": "New"}, if_match='"1"').json()

    assert [each["slug"] for each in data["sources"]] == [efe.slug]
    assert data["is_key_event"] is True


def test_what_was_read_can_be_sent_back(program, story):
    id = new_id()
    program.put(
        story, id, {**PUBLISHED, "sources": [{"name": "Efe"}], "bylines": [{"name": "Ana"}]}
    )
    read = program.get(f"/stories/{story.slug}/updates/{id}").json()

    response = program.put(story, id, read, if_match='"1"')

    assert (response.status_code, versions(id)) == (200, 1)


@pytest.mark.parametrize("last", [{"kind": "typo"}, {"kind": "correction", "note": "Wrong."}])
def test_the_kind_of_the_last_edit_is_not_that_of_the_next(program, story, last):
    id = new_id()
    program.put(story, id, PUBLISHED)
    read = program.put(story, id, {"headline": "Bridge opens", **last}, if_match='"1"').json()

    answer = program.put(story, id, {**read, "headline": "Bridge closed"}, if_match='"2"')

    assert answer.status_code == 200
    assert answer.json()["last_kind"] == "information"


def test_an_idempotency_key_makes_one_update(program, story):
    path = f"/stories/{story.slug}/updates"
    answers = [program.post(path, PUBLISHED, idempotency_key="a1") for _ in range(3)]
    other = program.post(path, PUBLISHED, idempotency_key="a2")

    assert [each.status_code for each in answers] == [201, 200, 200]
    assert len({each.json()["id"] for each in answers}) == 1
    assert other.json()["id"] != answers[0].json()["id"]
    assert program.post(path, {"text": "Other."}, idempotency_key="a1").status_code == 409
    assert program.post(path, PUBLISHED).status_code == 422


def test_verbs_are_idempotent(program, story, editor):
    update = cast.publish(story, editor)

    for verb, data in [
        ("pin", None),
        ("unpin", None),
        ("retract", {"note": "Wrong."}),
        ("restore", None),
        ("publish", None),
    ]:
        first, second = (program.act(update, verb, data) for _ in range(2))
        assert (first.status_code, second.status_code) == (200, 200), first.content
        assert first.json() == second.json()


def test_verbs_on_the_way_to_readers_are_idempotent(program, story, editor):
    update = publishing.save_draft(cast.new_update(story), cast.content(), by=editor)
    soon = (timezone.now() + timedelta(hours=1)).isoformat()

    for verb, data, status in [
        ("submit", None, "submitted"),
        ("send-back", {"note": "Who says so?"}, "draft"),
        ("schedule", {"scheduled_for": soon}, "scheduled"),
        ("unschedule", None, "draft"),
        ("publish", None, "published"),
    ]:
        first, second = (program.act(update, verb, data) for _ in range(2))
        assert first.json()["status"] == status
        assert second.content == first.content
        if verb == "send-back":
            assert first.json()["sent_back_note"] == "Who says so?"


def test_an_update_s_tag_hides_no_new_name_of_a_source(program, story, chief):
    id, path = new_id(), f"/stories/{story.slug}/updates"
    made = program.put(story, id, {**PUBLISHED, "sources": [{"name": "Efe", "kind": "agency"}]})
    publishing.rename_source(Source.objects.get(), by=chief, name="EFE")

    now = program.get(f"{path}/{id}", if_none_match=made.headers["ETag"])

    assert (now.status_code, now.json()["sources"][0]["name"]) == (200, "EFE")


def test_a_verb_from_an_older_version_is_refused(program, story, editor):
    update = cast.publish(story, editor)
    program.act(update, "pin")

    response = program.act(update, "retract", {"note": "Wrong."}, if_match='"1"')

    assert response.status_code == 412
    assert Update.objects.get().is_published


def test_a_retracted_update_is_not_published_over(program, story, editor):
    update = cast.publish(story, editor)
    publishing.retract(update, by=editor, without_trace=True)

    response = program.put(story, update.pk, PUBLISHED, if_match="*")

    assert response.status_code == 409


def test_what_is_scheduled_is_taken_off_by_who_may_publish(story, editor, chief):
    at = timezone.now() + timedelta(hours=1)
    update = publishing.schedule(cast.new_update(story), by=editor, at=at, content=cast.content())

    answer = Program(editor, chief, scopes=["read", "write"]).act(update, "submit")

    assert answer.status_code == 403
    assert Update.objects.get().status == "scheduled"
    assert Program(editor, chief).act(update, "submit").json()["status"] == "submitted"


def test_a_second_note_to_the_writer_replaces_the_first(program, story, editor):
    update = publishing.submit(cast.new_update(story), by=editor, content=cast.content())

    for note in ("Who says so?", "And when?", "And when?"):
        answer = program.act(update, "send-back", {"note": note})
        assert (answer.status_code, answer.json()["sent_back_note"]) == (200, note)
    assert versions(update.pk) == 3


def test_a_draft_that_nobody_submitted_is_not_sent_back(program, story, editor):
    update = publishing.save_draft(cast.new_update(story), cast.content(), by=editor)

    assert program.act(update, "send-back", {"note": "Why?"}).status_code == 409


def test_a_reporter_s_own_update_that_is_out_is_a_conflict(story, editor, reporter, chief):
    update = publishing.submit(cast.new_update(story), by=reporter, content=cast.content())
    publishing.publish(update, by=editor)
    of_reporter = Program(reporter, chief)

    assert of_reporter.act(update, "submit").status_code == 409
    assert of_reporter.act(cast.publish(story, editor), "submit").status_code == 403
    assert of_reporter.act(cast.new_update(story), "submit").status_code == 404


def test_pin_with_the_content(program, story):
    response = program.put(story, new_id(), {**PUBLISHED, "is_pinned": True})

    assert response.json()["is_pinned"] is True
    draft = program.put(story, new_id(), {"text": "x", "is_pinned": True})
    assert (draft.status_code, draft.json()["errors"][0]["field"]) == (422, "is_pinned")
    assert Update.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "body"),
        ({"headline": "x" * 301}, "headline"),
        ({"headline": "a\0b"}, "headline"),
        ({"titel": "x"}, "titel"),
        ({"text": "x", "body": "y"}, "body"),
        ({"text": "x", "sources": ["nobody"]}, "sources"),
        ({"text": "x", "sources": [{"kind": "agency"}]}, "sources.0"),
        ({"text": "x", "sources": [{"name": "!!!"}]}, "sources"),
        ({"text": "x", "pictures": [new_id()]}, "pictures"),
        ({"text": "x", "published_at": "2024-10-25T08:00:00"}, "published_at"),
        ({"text": "x", "published_at": "0001-01-01T00:00:00+14:00"}, "published_at"),
        ({"text": "x", "published_at": "2200-01-01T00:00:00Z"}, "published_at"),
        ({"text": "x", "status": "scheduled"}, "scheduled_for"),
        (
            {"text": "x", "status": "scheduled", "scheduled_for": "2020-01-01T00:00Z"},
            "scheduled_for",
        ),
        ({"text": "x", "scheduled_for": "2999-01-01T00:00Z"}, "scheduled_for"),
        (
            {"text": "x", "status": "published", "scheduled_for": "2999-01-01T00:00Z"},
            "scheduled_for",
        ),
        ({"text": "x", "status": "on air"}, "status"),
    ],
)
def test_bad_fields_are_named(program, story, data, field):
    response = program.put(story, new_id(), data)

    assert response.status_code == 422, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["field"].startswith(field), response.json()
    assert not Update.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.parametrize("body", [b"{", b"[" * 200_000, b"\xff\xfe", b'"text"', b"[]", b"1" * 5000])
def test_unreadable_bodies_are_refused(program, story, body):
    from django.test import Client

    response = Client(raise_request_exception=False).generic(
        "PUT",
        f"/api/v1/stories/{story.slug}/updates/{new_id()}",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.text}"},
    )

    assert response.status_code in {400, 422}
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_body_that_is_too_long_is_refused(program, story):
    response = program.put(story, new_id(), {"body": "x" * 7 * 2**20})

    assert (response.status_code, response.json()["title"]) == (413, "Request Entity Too Large")


def test_html_is_sanitised(program, story):
    response = program.put(story, new_id(), {"body": '<p onclick="x()">A<script>b()</script></p>'})

    assert response.json()["body"] == "<p>A</p>"


def test_an_editor_s_program_makes_new_bylines_and_a_reporter_s_does_not(
    program, story, reporter, chief
):
    assert program.put(story, new_id(), {"text": "x", "bylines": [{"name": "Ana"}]}).json()[
        "bylines"
    ] == [{"slug": "ana", "name": "Ana"}]

    of_reporter = Program(reporter, chief)
    known = of_reporter.put(story, new_id(), {"text": "x", "bylines": ["ana"]})
    new = of_reporter.put(story, new_id(), {"text": "x", "bylines": [{"name": "Bea"}]})

    assert (known.status_code, new.status_code) == (201, 403)
    assert Person.objects.count() == 1


def test_an_id_of_another_story_tells_nothing_of_it(program, story, editor):
    secret = cast.publish(cast.make_live_story(editor, "Other"), editor, "Secret words.")

    response = program.put(story, secret.pk, PUBLISHED)

    assert response.status_code == 409
    assert b"Secret" not in response.content


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_a_reporters_program_uses_no_picture_of_another_team(reporter, chief, story, status):
    picture = Picture.objects.create(alt="SECRET", added_by=cast.make_reporter("rita"))
    given = PUBLISHED | {"status": status, "pictures": [str(picture.pk)]}

    refused = Program(reporter, chief).put(story, new_id(), given)

    assert refused.status_code == 422
    assert "SECRET" not in refused.content.decode()
    assert not story.updates.exists()
