"""Who may ask: tokens, scopes, roles and teams; and what everybody else is answered."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from liveblog import publishing
from liveblog.models import ApiToken, Story, Update
from tests import cast

from .client import ALL, Program, new_id

pytestmark = pytest.mark.django_db

DRAFT, PUBLISHED = {"text": "Words."}, {"text": "Words.", "status": "published"}


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer lb_unknownunknown", "Basic bGI6eA==", "Bearer lb_x\0y"]
)
def test_without_a_token_nobody_is_let_in(story, header):
    response = Client().get(f"/api/v1/stories/{story.slug}", headers={"Authorization": header})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith('Bearer realm="liveblog"')
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 401


def test_a_token_in_the_query_is_worth_nothing(program, story):
    assert Client().get(f"/api/v1/me?access_token={program.text}").status_code == 401


def test_a_token_ends_at_once_with_its_revocation_or_its_hour(program, chief):
    assert program.get("/me").status_code == 200

    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert program.get("/me").status_code == 401
    ApiToken.objects.update(expires_at=None)
    publishing.revoke_token(program.token, by=chief)
    assert program.get("/me").status_code == 401


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_token_ends_with_its_person(program, change):
    for name, value in change.items():
        setattr(program.person, name, value)
    program.person.save()

    assert program.get("/me").status_code == 401


def test_a_token_does_no_more_than_its_person_may_now(program, story):
    program.person.groups.set(Group.objects.filter(name="Reporter"))
    cast.make_reporter("other")
    program.person.groups.set(Group.objects.filter(name="Reporter"))

    assert program.put(story, new_id(), DRAFT).status_code == 201
    assert program.put(story, new_id(), PUBLISHED).status_code == 403
    program.person.groups.clear()
    assert program.get(f"/stories/{story.slug}").status_code == 404


def test_who_am_i(program, editor):
    data = program.get("/me").json()

    assert data["person"] == editor.username
    assert data["roles"] == ["Editor"]
    assert data["scopes"] == ["read", "write", "publish", "manage"]


def test_each_write_is_in_the_history_with_its_token(program, story):
    id = new_id()
    program.put(story, id, PUBLISHED)

    version = Update.objects.get().versions.get()
    assert (version.by, version.token) == (program.person, program.token)


def test_each_use_is_counted_and_logged(program, story, caplog):
    caplog.set_level("INFO", logger="liveblog.api")
    program.get("/me")

    token = ApiToken.objects.get()
    assert (token.requests_in_minute, token.last_used_at is not None) == (1, True)
    assert "of edith: GET /api/v1/me → 200" in caplog.text
    assert program.text not in caplog.text


def test_too_many_requests_are_told_when_to_come_back(program, settings):
    settings.API_RATE = 3

    answers = [program.get("/me") for _ in range(5)]

    assert [each.status_code for each in answers][:3] == [200] * 3
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_another_token_s_requests_do_not_count(program, editor, chief, settings):
    settings.API_RATE = 1
    program.get("/me")

    assert Program(editor, chief).get("/me").status_code == 200


# -- tokens × scopes × objects: what each may do, and the same for all else

VERBS = ("publish", "submit", "send-back", "schedule", "unschedule", "retract", "restore", "pin")


def requests_on(story, update):
    """Every kind of request on a story and one of its updates."""
    at = (timezone.now() + timedelta(hours=1)).isoformat()
    data = {"schedule": {"scheduled_for": at}, "retract": {"note": "Wrong."}}
    base = f"/stories/{story.slug}"
    one = f"{base}/updates/{update.pk}"
    return {
        "read story": ("GET", base, None),
        "read updates": ("GET", f"{base}/updates", None),
        "read update": ("GET", one, None),
        "export": ("GET", f"{base}/export?format=liveblogposting", None),
        "export all": ("GET", f"{base}/export?format=liveblog", None),
        "new draft": ("PUT", f"{base}/updates/{new_id()}", DRAFT),
        "new published": ("PUT", f"{base}/updates/{new_id()}", PUBLISHED),
        "new without id": ("POST", f"{base}/updates", DRAFT),
        "edit": ("PUT", one, {"headline": "Other", "kind": "typo"}),
        "change story": ("PATCH", base, {"kicker": "Other"}),
        "open": ("POST", f"{base}/open", {}),
        "end": ("POST", f"{base}/end", None),
        "withdraw": ("POST", f"{base}/withdraw", {}),
        **{verb: ("POST", f"{one}/{verb}", data.get(verb)) for verb in (*VERBS, "unpin")},
    }


def answers_of(program, story, update):
    """What each request is answered, each on its own: its effect is rolled back."""
    from django.db import transaction

    answer = {}
    for name, (method, path, data) in requests_on(story, update).items():
        with transaction.atomic():
            headers = {"if_match": "*"} if name == "edit" else {}
            headers |= {"idempotency_key": "one"} if name == "new without id" else {}
            answer[name] = program.ask(method, path, data, **headers)
            transaction.set_rollback(True)
    return answer


READS = {"read story", "read updates", "read update", "export", "export all"}
WRITES = {"new draft", "new without id"}
MANAGES = {"change story", "open", "end", "withdraw"}


@pytest.fixture
def teams_story(editor):
    """A story of a team that nobody else is on, with a published update."""
    story = cast.make_live_story(editor, "The team's own")
    publishing.set_team(story, [cast.make_reporter("rita")], by=cast.make_chief("cleo"))
    return story


def nothing():
    """What is not there, to compare the answers with."""
    return Story(slug="nowhere"), Update(id=new_id())


@pytest.mark.thorough
@pytest.mark.parametrize("scopes", [ALL, *([scope] for scope in ApiToken.Scope.values)])
@pytest.mark.parametrize("status", ["draft", "published"])
def test_what_a_token_may_not_see_is_not_there(
    reporter, chief, teams_story, editor, scopes, status
):
    update = cast.publish(teams_story, editor, "Secret words.")
    if status == "draft":
        update = publishing.save_draft(
            cast.new_update(teams_story), cast.content("Secret words."), by=editor
        )
    program = Program(reporter, chief, scopes=scopes)

    answers = answers_of(program, teams_story, update)

    of_nothing = answers_of(program, *nothing())
    assert said(answers) == said(of_nothing)
    assert {answer.status_code for answer in answers.values()} <= {403, 404}
    assert not any(b"Secret" in body_of(answer) for answer in answers.values())
    assert b"Secret" not in program.get("/stories").content


def said(answers):
    return {name: (answer.status_code, body_of(answer)) for name, answer in answers.items()}


def body_of(answer):
    return b"".join(answer) if answer.streaming else answer.content


def test_a_known_id_of_another_teams_update_is_not_there(
    reporter, chief, story, teams_story, editor
):
    """A program's own story is no way to another's update."""
    update = cast.publish(teams_story, editor, "Secret words.")
    program = Program(reporter, chief)

    answers = answers_of(program, story, update)

    on_it = {"read update", "edit", *VERBS, "unpin"}
    assert {answers[name].status_code for name in on_it} == {404}
    assert not any(b"Secret" in body_of(answer) for answer in answers.values())
    assert Update.objects.get(pk=update.pk).version == update.version


def test_a_token_of_one_story_sees_no_other(editor, chief, story, teams_story):
    update = cast.publish(teams_story, editor)
    program = Program(editor, chief, story=story)

    answers = answers_of(program, teams_story, update)

    assert {answer.status_code for answer in answers.values()} == {404}
    assert [each["slug"] for each in program.get("/stories").json()["stories"]] == [story.slug]
    assert program.post("/stories", {"headline": "Another"}).status_code == 403


@pytest.mark.parametrize("scope", ApiToken.Scope.values)
def test_a_scope_allows_its_requests_and_no_others(chief, story, scope):
    update = cast.publish(story, chief)
    answers = answers_of(Program(chief, chief, scopes=[scope]), story, update)

    allowed = {name for name, answer in answers.items() if answer.status_code != 403}
    assert (
        allowed
        == {
            "read": READS,
            "write": WRITES | {"submit"},
            "publish": set(answers) - READS - MANAGES - WRITES - {"submit"},
            "manage": MANAGES,
        }[scope]
    )
    for name in set(answers) - allowed:
        assert 'error="insufficient_scope"' in answers[name].headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("reporter", lambda everything: READS - {"export all"} | WRITES),
        ("editor", lambda everything: everything - {"withdraw"}),
        ("chief", lambda everything: everything),
    ],
)
def test_a_role_allows_its_requests_and_no_others(request, chief, story, editor, role, allowed):
    update = cast.publish(story, editor)
    answers = answers_of(Program(request.getfixturevalue(role), chief), story, update)

    names = {name for name, answer in answers.items() if answer.status_code != 403}
    assert names == allowed(set(answers))


def test_a_reporter_moves_own_work_and_nobody_else_s(reporter, chief, story, editor):
    program = Program(reporter, chief)
    theirs = publishing.save_draft(cast.new_update(story), cast.content(), by=editor)
    own = new_id()

    assert program.put(story, own, DRAFT).status_code == 201
    assert program.put(story, own, {"status": "submitted"}).status_code == 200
    response = program.put(story, theirs.pk, {"text": "Mine."}, if_match="*")
    assert response.status_code == 403
    assert Update.objects.get(pk=theirs.pk).version == 1


def test_a_stranger_s_token_sees_nothing(chief, story):
    program = Program(cast.make_user("stan"), chief)

    assert program.get("/stories").json()["stories"] == []
    assert program.get(f"/stories/{story.slug}").status_code == 404
    assert program.get("/sources").status_code == 403
