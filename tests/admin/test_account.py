"""One's own account: sessions, the second factor, and the password asked for again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from liveblog import second_factor
from liveblog.models import ApiToken, AuditEntry
from tests import cast

from .conftest import _sign_in
from .test_sign_in import PASSWORD, code_of, with_password

CONFIRM = "/admin/account/password/"


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time))


def test_lists_ones_own_sessions_without_their_keys(editor, reporter, assert_valid_html):
    other = _sign_in(editor.user)

    page = editor.get("/admin/account/").text

    assert page.count("Sign out there") == 1
    for client in (editor, other, reporter):
        assert client.session.session_key not in page
    assert_valid_html(page)


def test_ends_one_session_or_all_others(editor, reporter):
    second, third = _sign_in(editor.user), _sign_in(editor.user)
    id = editor.get("/admin/account/").context["sessions"]
    id = next(each.id for each in id if each.key == second.session.session_key)

    editor.post("/admin/account/sessions/", {"id": id})
    assert [each.get("/admin/").status_code for each in (second, third)] == [302, 200]

    editor.post("/admin/account/sessions/")
    clients = (third, editor, reporter)
    assert [each.get("/admin/").status_code for each in clients] == [302, 200, 200]
    assert AuditEntry.objects.filter(action="session_ended").count() == 2


def test_nobody_ends_anothers_session(editor, reporter):
    theirs = editor.get("/admin/account/").context["sessions"][0].id

    reporter.post("/admin/account/sessions/", {"id": theirs})

    assert editor.get("/admin/").status_code == 200


SENSITIVE = [
    *("/admin/auth/user/add/", "/admin/liveblog/apitoken/add/", "/admin/liveblog/webhook/add/"),
    "/admin/account/set-up/",
]


@pytest.mark.parametrize("path", SENSITIVE)
def test_sensitive_pages_ask_for_the_password_after_ten_minutes(chief, path):
    with_password(chief.user)
    chief.force_login(chief.user, backend="liveblog.accounts.NewsroomBackend")
    with later(minutes=9):
        assert chief.get(path).status_code == 200

    with later(minutes=11):
        asked = chief.get(path).headers["Location"]
        assert asked.startswith(CONFIRM)
        assert "not your password" in chief.post(asked, {"password": "wrong"}).text
        assert chief.get(path).status_code == 302
        assert chief.post(asked, {"password": PASSWORD}).headers["Location"] == path
        assert chief.get(path).status_code == 200


def test_a_form_sent_long_after_does_nothing(chief):
    form = {"username": "nora", "role": "Reporter", "password": "correct horse battery"}
    with later(minutes=21):
        response = chief.post("/admin/auth/user/add/", form)

    assert response.headers["Location"].startswith(CONFIRM)
    assert not type(chief.user).objects.filter(username="nora").exists()


def test_a_button_of_a_token_asks_too(chief):
    token = ApiToken.objects.create(name="bot", person=chief.user, scopes=[], created_by=chief.user)
    with later(minutes=21):
        response = chief.post(f"/admin/liveblog/apitoken/{token.pk}/revoke/")

    page = f"/admin/liveblog/apitoken/{token.pk}/change/"
    assert response.headers["Location"] == f"{CONFIRM}?next={page.replace('/', '%2F')}"
    token.refresh_from_db()
    assert token.revoked_at is None


def test_other_pages_do_not_ask(chief):
    with later(hours=2):
        for path in ("/admin/", "/admin/auth/user/", "/admin/liveblog/update/add/"):
            assert chief.get(path).status_code == 200


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/admin/logout/"])
def test_confirming_leads_nowhere_else(chief, address):
    with_password(chief.user)
    chief.force_login(chief.user, backend="liveblog.accounts.NewsroomBackend")

    response = chief.post(f"{CONFIRM}?next={address}", {"password": PASSWORD})

    assert response.headers["Location"] == "/admin/account/"


def test_guesses_at_the_password_are_throttled(chief, settings):
    settings.SIGN_IN_LIMITS = [3, 30, 100]
    with_password(chief.user)
    chief.force_login(chief.user, backend="liveblog.accounts.NewsroomBackend")

    statuses = [chief.post(CONFIRM, {"password": "wrong"}).status_code for _ in range(4)]

    assert statuses[-1] == 429


def test_anybody_sets_a_second_factor_up(editor):
    editor.get("/admin/account/set-up/")
    page = editor.post("/admin/account/set-up/", {"code": code_of(editor.user)})

    assert page.text.count("<li><code>") == 10
    assert second_factor.is_set_up(editor.user)
    assert "new recovery codes" in editor.get("/admin/account/").text
    assert editor.post("/admin/account/codes/").text.count("<li><code>") == 10


def test_new_recovery_codes_long_after_lead_to_the_account(editor):
    with_password(editor.user)
    editor.force_login(editor.user, backend="liveblog.accounts.NewsroomBackend")
    with later(minutes=21):
        asked = editor.post("/admin/account/codes/").headers["Location"]
        response = editor.post(asked, {"password": PASSWORD})

    assert response.headers["Location"] == "/admin/account/"


def test_retracting_without_trace_asks(editor, story):
    update = cast.publish(story, editor.user)
    with later(minutes=11):
        response = editor.get(f"/admin/liveblog/update/{update.pk}/retract/without-trace/")

    assert response.headers["Location"].startswith(CONFIRM)


def test_retracting_without_trace_on_the_desk_asks(editor, story):
    update = cast.publish(story, editor.user)
    desk = f"/admin/liveblog/story/{story.pk}/desk"
    sent = {"without_trace": True, "ids": [str(update.pk)]}
    with later(minutes=11):
        for path in (f"{desk}/retract", f"{desk}/updates/{update.pk}/retract"):
            response = editor.post(path, sent, content_type="application/json")
            assert response.status_code == 403, path
            assert response.json()["reason"] == "password"

    update.refresh_from_db()
    assert update.status == "published"
