"""What a desk sends is carried out once, however often it comes, and a refusal says why."""

from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.utils import timezone

from liveblog import publishing, sessions
from liveblog.accounts import name_of
from liveblog.desk import story_verbs
from liveblog.models import Picture, Source, Story, Update, Version
from tests import cast


def _status(id):
    return Update.objects.get(pk=id).status


def test_an_editor_publishes(editor, story, new_id, words):
    id = new_id()

    answer = editor.send(story, id, content=words())

    assert answer.status_code == 200
    assert answer.json()["status"] == "published"
    assert _status(id) == "published"
    assert f'data-update="{id}"' in answer.json()["html"]


def test_the_same_attempt_again_is_the_first_answer(editor, story, new_id, words):
    id, content = new_id(), words()
    first = editor.send(story, id, content=content).json()

    again = editor.send(story, id, content=content)

    assert again.status_code == 200
    assert again.json()["version"] == first["version"]
    assert Version.objects.filter(update=id).count() == 1


def test_a_lost_answer_is_given_whatever_others_did_since(editor, chief, story, new_id, words):
    id, content = new_id(), words()
    editor.send(story, id, content=content)
    chief.send(story, id, "edit", content=words("It closes again"), kind="typo", version=1)

    again = editor.send(story, id, content=content)

    assert again.status_code == 200
    assert Update.objects.get(pk=id).headline == "It closes again"


def test_a_lost_answer_of_words_with_a_picture_is_given_too(editor, chief, story, new_id, words):
    id, content = new_id(), words(pictures=[str(Picture.objects.create(alt="A bridge").pk)])
    editor.send(story, id, content=content)
    chief.send(story, id, "edit", content=words("It closes again"), kind="typo", version=1)

    assert editor.send(story, id, content=content).status_code == 200


def test_a_retracted_update_is_not_published_again(editor, story, new_id, words):
    id, content = new_id(), words()
    editor.send(story, id, content=content)
    editor.tell(story, f"updates/{id}/retract", note="It was wrong.")

    again = editor.send(story, id, content=content)

    assert again.json()["status"] == "retracted"
    assert editor.send(story, id, content=words("Other words")).status_code == 403


def test_the_pin_goes_with_the_publication_once(editor, story, new_id, words):
    id, content = new_id(), words()
    editor.send(story, id, content=content, pin=True)
    editor.tell(story, f"updates/{id}/unpin")

    editor.send(story, id, content=content, pin=True)

    assert not Update.objects.get(pk=id).is_pinned


def test_a_conflict_carries_both_texts(editor, chief, story, new_id, words):
    id = new_id()
    editor.send(story, id, "save_draft", content=words())
    chief.send(story, id, "save_draft", content=words("Theirs"), version=1)

    answer = editor.send(story, id, "save_draft", content=words("Mine"), version=1)

    assert answer.status_code == 409
    assert answer.json()["saved_by"] == "chiara"
    assert "Theirs" in answer.json()["html"]
    assert "Mine" in answer.json()["html"]


def test_a_conflict_says_nothing_of_another_story(editor, reporter, chief, story, new_id, words):
    closed = cast.make_live_story(editor.user, "Team's story")
    cast.publishing.set_team(closed, [editor.user], by=chief.user)
    id = new_id()
    editor.send(closed, id, "save_draft", content=words("Secret words"))

    answer = reporter.send(story, id, "save_draft", content=words())

    assert answer.status_code == 409
    assert "Secret" not in answer.content.decode()


def test_a_source_is_made_in_place_once(editor, story, new_id, words):
    named = words(sources=[{"name": "Efe", "kind": "agency", "role": "reported_by"}])

    for _ in range(2):
        assert editor.send(story, new_id(), content=named).status_code == 200
    again = words("Another", sources=[{"name": "EFE", "kind": "agency"}])
    editor.send(story, new_id(), content=again)

    assert [source.name for source in Source.objects.all()] == ["Efe"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"verification": "maybe"}, "verification"),
        ({"sources": [{"id": 99}]}, "sources"),
        ({"sources": "Efe"}, "sources"),
        ({"pictures": ["no"]}, "pictures"),
        ({"published_at": "yesterday"}, "published_at"),
        ({"headline": 7}, "headline"),
    ],
)
def test_what_can_not_be_read_is_named(editor, story, new_id, words, sent, field):
    answer = editor.send(story, new_id(), content=words() | sent)

    assert answer.status_code == 422
    assert field in answer.json()["errors"]


def test_nothing_empty_goes_out(editor, story, new_id):
    assert editor.send(story, new_id(), content={}).status_code == 422


def test_scheduling_goes_by_the_storys_clock(editor, new_id, words):
    story = cast.make_live_story(editor.user, timezone="Europe/Madrid")
    id = new_id()

    editor.send(story, id, "schedule", content=words(), schedule_at="2999-07-01T20:20")

    assert Update.objects.get(pk=id).scheduled_for.isoformat() == "2999-07-01T18:20:00+00:00"


def test_what_is_held_stays_held(editor, story, new_id, words):
    id = new_id()
    editor.send(story, id, "schedule", content=words(), schedule_at="2999-07-01T20:20")

    shown = editor.ask(story, f"updates/{id}").json()["buttons"]
    editor.send(story, id, "save_draft", content=words("Changed"))

    assert [each["label"] for each in shown][:4] == [
        "Save (stays scheduled for 1 Jul 2999, 20:20)",
        "Publish now",
        "Reschedule",
        "Unschedule",
    ]
    assert _status(id) == "scheduled"
    assert editor.send(story, id, "unschedule", content=words("Changed")).status_code == 200
    assert _status(id) == "draft"


def test_a_reporter_submits_and_does_not_publish(reporter, story, new_id, words):
    id = new_id()

    assert reporter.send(story, id, content=words()).status_code == 403
    assert reporter.send(story, id, "submit", content=words()).json()["status"] == "submitted"
    answer = reporter.ask(story, "changes", after="0").json()
    assert [each["group"] for each in answer["changes"] if each["type"] == "update"] == ["waiting"]


def test_a_contribution_comes_back_with_a_note(editor, reporter, story, new_id, words):
    id = new_id()
    reporter.send(story, id, "submit", content=words())

    editor.tell(story, f"updates/{id}/send_back", note="Who says so?")

    assert "Who says so?" in reporter.ask(story, f"updates/{id}").json()["sent_back_note"]
    assert "Who says so?" in reporter.ask(story, "changes", after="0").content.decode()


def test_nobody_sends_back_to_themselves(editor, chief, story, new_id, words):
    id = new_id()
    editor.send(story, id, "submit", content=words())

    def offered(person):
        buttons = person.ask(story, f"updates/{id}").json()["buttons"]
        return "send_back" in [each["verb"] for each in buttons]

    assert not offered(editor)
    assert offered(chief)


def test_ending_says_that_what_is_scheduled_is_published_all_the_same(editor, story):
    soon = timezone.now() + timedelta(hours=1)
    held = cast.new_update(story)
    cast.publishing.schedule(held, by=editor.user, at=soon, content=cast.content())

    waiting = editor.ask(story, "offered").json()["waiting"]

    assert "1 scheduled: it is published at its time all the same." in waiting
    assert "draft" not in waiting


def test_words_for_a_deleted_draft_come_back_and_say_so(editor, story, new_id, words):
    id = new_id()
    version = editor.send(story, id, "save_draft", content=words()).json()["version"]
    editor.tell(story, f"updates/{id}/delete")

    back = editor.send(story, id, "save_draft", content=words("Mine"), version=version).json()
    again = editor.send(
        story, id, "save_draft", content=words("More"), version=back["version"]
    ).json()

    assert (back["was_deleted"], again["was_deleted"]) == (True, False)


def test_several_updates_are_retracted_at_once(editor, reporter, story):
    ids = [str(cast.publish(story, editor.user).pk) for _ in range(3)]

    refused = reporter.tell(story, "retract", ids=ids, note="Wrong.").json()["retracted"]
    done = editor.tell(story, "retract", ids=[*ids, "no"], note="Wrong.").json()["retracted"]

    assert all(each.get("error") for each in refused)
    assert [bool(each.get("error")) for each in done] == [False, False, False, True]
    assert story.updates.filter(status="retracted").count() == 3


def test_somebody_else_signed_in_sends_nothing(editor, chief, story, new_id, words):
    person = {"X-Person": str(editor.user.pk)}
    id = new_id()
    address = f"updates/{id}/send"

    answer = chief.tell(story, address, headers=person, verb="publish", content=words())

    assert answer.status_code == 401
    assert answer.json()["reason"] == "other-person"
    assert not Update.objects.filter(pk=id).exists()


def test_nobody_signed_in_is_told_so_as_data(client, story, new_id):
    answer = client.get(f"/admin/liveblog/story/{story.pk}/desk/changes?after=0")

    assert answer.status_code == 401
    assert answer.json()["reason"] == "signed-out"


def test_a_desk_of_another_team_is_as_one_that_is_not(reporter, editor, chief, story):
    cast.publishing.set_team(story, [editor.user], by=chief.user)
    unknown = type(story)(pk=9999)

    for path in ("changes", "rows", "sources", "people", "offered", ""):
        hidden, absent = reporter.ask(story, path), reporter.ask(unknown, path)
        assert hidden.status_code == absent.status_code == 404
        assert story.headline not in hidden.content.decode()


def test_warnings_come_before_publishing_and_save_nothing(editor, story, new_id, words):
    content = words(sources=[{"name": "New body", "kind": "official"}])

    answer = editor.tell(story, f"updates/{new_id()}/check", content=content, preview=True).json()
    bare = editor.tell(story, f"updates/{new_id()}/check", content=words()).json()

    assert answer["warnings"] == []
    assert "New body" in answer["preview"]
    assert "The bridge opens" in answer["preview"]
    assert bare["warnings"] == ["No source is named."]
    assert not Source.objects.exists()
    assert not Update.objects.exists()


def test_the_moment_of_a_publication_can_be_moved_back(editor, story, new_id, words):
    id = new_id()

    editor.send(story, id, content=words(published_at="2024-10-25T08:45"))

    at = timezone.localtime(Update.objects.get(pk=id).published_at, story.zone)
    assert f"{at:%Y-%m-%d %H:%M}" == "2024-10-25 08:45"


def test_a_chief_editor_sets_the_team_in_place(chief, editor, reporter, story):
    answer = chief.tell(story, "story", verb="set_team", members=[reporter.user.pk])

    assert answer.status_code == 200
    assert [*story.team.all()] == [reporter.user]
    assert editor.tell(story, "story", verb="set_team", members=[]).status_code == 403
    assert "data-save-team" in answer.json()["html"]
    assert b"data-save-team" not in editor.ask(story, "").content


@pytest.mark.parametrize("members", [None, "all", [0], ["1"], [{}]])
def test_a_team_of_nobody_known_is_refused(chief, reporter, story, members):
    answer = chief.tell(story, "story", verb="set_team", members=members)

    assert answer.status_code == 422
    assert not story.team.exists()


def test_a_conflict_over_the_story_carries_both_texts(chief, editor, story):
    before = story.version
    editor.tell(story, "story", verb="edit_story", version=before, standfirst="Theirs")

    answer = chief.tell(story, "story", verb="edit_story", version=before, standfirst="Mine")

    assert answer.status_code == 409
    assert "Theirs" in answer.json()["differences"]
    assert "Mine" in answer.json()["differences"]
    assert "Theirs" in answer.json()["html"]


def test_a_row_is_published_as_it_stood_there(editor, reporter, story, new_id, words):
    id = new_id()
    reporter.send(story, id, "submit", content=words())
    reporter.send(story, id, "save_draft", content=words("The bridge stays shut"), version=1)

    stale = editor.send(story, id, "publish", version=1)
    published = editor.send(story, id, "publish", version=2)
    again = editor.send(story, id, "publish", version=2)

    assert (stale.status_code, _status(id)) == (409, "published")
    assert stale.json()["version"] == 2
    assert [each.status_code for each in (published, again)] == [200, 200]


def test_it_is_known_whether_an_attempt_took_effect(editor, chief, story, new_id, words):
    id = new_id()
    attempt = {"verb": "publish", "content": words(), "version": None}
    before = editor.tell(story, f"updates/{id}/done", **attempt).json()
    editor.send(story, id, **attempt)
    chief.send(story, id, "edit", content=words("Later"), kind="typo")

    done = editor.tell(story, f"updates/{id}/done", **attempt).json()
    another = editor.tell(story, f"updates/{id}/done", **attempt | {"content": words("Other")})

    assert before == {"done": False}
    assert (done["done"], done["status"]) == (True, "published")
    assert another.json() == {"done": False}
    assert chief.tell(story, f"updates/{id}/done", **attempt).json() == {"done": False}


def test_a_story_saved_meanwhile_is_not_overwritten(editor, chief, story):
    """The lead picture comes without a version: what the request read is what it was made from."""
    read = Story.objects.get(pk=story.pk)
    chief.tell(story, "story", verb="edit_story", headline="Bridge open")

    with pytest.raises(publishing.Conflict):
        story_verbs.VERBS["edit_story"](read, {"kicker": "Kursk"}, by=editor.user)

    assert Story.objects.get().headline == "Bridge open"


@pytest.mark.parametrize("verb", ["edit", "save_draft", "publish", "submit", "schedule"])
def test_an_attempt_without_words_is_refused_in_words(editor, story, new_id, verb):
    answer = editor.send(story, new_id(), verb, kind="typo", schedule_at="2030-01-01T10:00")

    assert (answer.status_code, bool(answer.json()["error"])) == (422, True)


def test_hostile_json_is_refused_in_words(editor, story, new_id):
    address = f"/admin/liveblog/story/{story.pk}/desk/updates/{new_id()}/send"

    answer = editor.post(address, "[" * 100_000, content_type="application/json")

    assert answer.status_code == 422


def test_the_second_who_publishes_a_row_is_told_who_was_first(
    editor, chief, reporter, story, new_id, words
):
    id = new_id()
    reporter.send(story, id, "submit", content=words())
    version = story.updates.get().version

    answers = [
        person.send(story, id, "publish", version=version).json()["published_by"]
        for person in (editor, chief, editor)
    ]

    assert answers == ["", name_of(editor.user), ""]


def test_a_retraction_without_trace_takes_the_password_with_it(editor, story):
    update = cast.publish(story, editor.user)
    editor.user.set_password("a long newsroom password")
    editor.user.save()
    editor.force_login(editor.user, backend=configured.AUTHENTICATION_BACKENDS[-1])
    session = editor.session
    session.pop(sessions.CONFIRMED, None)
    session.save()
    sent = {"without_trace": True}

    refused = editor.tell(story, f"updates/{update.pk}/retract", **sent)
    wrong = editor.tell(story, f"updates/{update.pk}/retract", password="guess", **sent)
    update.refresh_from_db()
    assert [each.json()["reason"] for each in (refused, wrong)] == ["password"] * 2
    assert update.status == "published"

    sent["password"] = "a long newsroom password"
    assert editor.tell(story, f"updates/{update.pk}/retract", **sent).status_code == 200
    update.refresh_from_db()
    assert (update.status, update.retraction_note) == ("retracted", "")


def test_half_a_character_is_dropped_wherever_it_stands(editor, story, new_id, words):
    content = words("Half \ud83d a smile", sources=[{"name": "S\ud800", "kind": "outlet"}])

    assert editor.send(story, new_id(), "publish", content=content).status_code == 200

    assert story.updates.get().headline == "Half a smile"
    assert Source.objects.get().name == "S"
