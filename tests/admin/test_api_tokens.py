"""The pages of API tokens and webhooks, as plain forms: secrets shown once, and no more."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liveblog.models import ApiToken, Webhook, WebhookMessage
from tests import cast

pytestmark = pytest.mark.django_db
ADD_TOKEN, ADD_WEBHOOK = "/admin/liveblog/apitoken/add/", "/admin/liveblog/webhook/add/"


def make_token(chief, **fields):
    form = {"name": "Wire", "person": chief.user.pk, "scopes": ["read", "write"], "story": ""}
    return chief.post(ADD_TOKEN, {**form, "expires_at_0": "", "expires_at_1": "", **fields})


def make_webhook(chief, url="https://archive.example/hook"):
    return chief.post(ADD_WEBHOOK, {"name": "Archive", "url": url, "story": ""})


def secret_in(page, prefix):
    return re.search(rf"\b{prefix}[-\w+/=]{{30,}}", page.text)[0]


def test_a_token_is_shown_once_and_works(chief, assert_valid_html):
    page = make_token(chief)
    text = secret_in(page, "lb_")
    token = ApiToken.objects.get()

    assert_valid_html(page.text)
    assert "no-store" in page.headers["Cache-Control"]
    me = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {text}"})
    assert me.json()["token"] == "Wire"
    for path in (f"/admin/liveblog/apitoken/{token.pk}/change/", "/admin/liveblog/apitoken/"):
        shown = chief.get(path)
        assert text not in shown.text
        assert token.beginning in shown.text
        assert_valid_html(shown.text)


def test_the_list_says_when_a_token_expires(chief):
    make_token(chief, expires_at_0="2030-05-17", expires_at_1="09:41")

    assert "17 May 2030, 09:41" in chief.get("/admin/liveblog/apitoken/").text


def test_a_token_is_revoked_by_a_button(chief):
    text = secret_in(make_token(chief), "lb_")
    token = ApiToken.objects.get()
    page = chief.get(f"/admin/liveblog/apitoken/{token.pk}/change/")
    assert 'value="Revoke"' in page.text

    chief.post(f"/admin/liveblog/apitoken/{token.pk}/revoke/", follow=True)

    assert (
        Client().get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code == 401
    )
    assert 'value="Revoke"' not in chief.get(f"/admin/liveblog/apitoken/{token.pk}/change/").text


@pytest.mark.parametrize(
    "fields",
    [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"person": 0},
        {"name": ""},
        {"expires_at_0": "2020-01-01", "expires_at_1": "10:00"},
    ],
)
def test_a_senseless_token_is_refused_in_the_form(chief, fields):
    page = make_token(chief, **fields)

    assert "errorlist" in page.text
    assert not ApiToken.objects.exists()


def test_a_token_s_page_tells_what_it_did(chief):
    text = secret_in(make_token(chief, scopes=["manage"]), "lb_")
    Client().post(
        "/api/v1/stories",
        '{"headline": "By the program"}',
        content_type="application/json",
        headers={"Authorization": f"Bearer {text}"},
    )

    token = ApiToken.objects.get()
    assert "By the program" in chief.get(f"/admin/liveblog/apitoken/{token.pk}/change/").text
    story = token.versions.get().story
    assert "“Wire”" in chief.get(f"/admin/liveblog/story/{story.pk}/history/").text


@pytest.mark.parametrize("path", [ADD_TOKEN, ADD_WEBHOOK])
def test_editors_make_neither(editor, reporter, path):
    for client in (editor, reporter):
        assert client.get(path).status_code == 403
        assert client.post(path, {"name": "x"}).status_code == 403
        home = client.get("/admin/").text
        assert "apitoken" not in home
        assert "webhook" not in home


def test_the_home_leads_a_chief_editor_to_both(chief):
    home = chief.get("/admin/").text

    assert "/admin/liveblog/apitoken/" in home
    assert "/admin/liveblog/webhook/" in home


def test_a_webhook_s_secret_is_shown_once(chief, assert_valid_html):
    page = make_webhook(chief)
    webhook = Webhook.objects.get()

    assert secret_in(page, "whsec_") == webhook.secret
    assert webhook.owner == chief.user
    shown = chief.get(f"/admin/liveblog/webhook/{webhook.pk}/change/")
    assert webhook.secret not in shown.text
    assert_valid_html(page.text, shown.text)


@pytest.mark.parametrize(
    "url",
    [
        *("http://archive.example/", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.8/x"),
        *("https://localhost/", "https://169.254.169.254/", "https://[::ffff:10.0.0.1]/"),
        *("https://user:pw@archive.example/", "ftp://archive.example/", "https://2130706433/"),
        *("https://0x7f.1/", "https://127.1/", "https://[64:ff9b::7f00:1]/"),
    ],
)
def test_an_address_that_is_not_public_is_refused(chief, url):
    page = make_webhook(chief, url)

    assert "errorlist" in page.text
    assert not Webhook.objects.exists()


def test_buttons_rotate_pause_and_send_again(chief):
    make_webhook(chief)
    webhook = Webhook.objects.get()
    base = f"/admin/liveblog/webhook/{webhook.pk}"

    rotated = secret_in(chief.post(f"{base}/rotate/"), "whsec_")
    again = Webhook.objects.get()
    assert (again.secret, again.secrets) == (rotated, [rotated, webhook.secret])

    assert "Paused since" in chief.post(f"{base}/pause/", follow=True).text
    assert "“Archive” is paused" in chief.get("/admin/").text
    assert "Paused since" not in chief.post(f"{base}/resume/", follow=True).text

    story = cast.make_live_story(chief.user)
    WebhookMessage.objects.all().delete()
    attempt = webhook.attempts.create(
        message_id="msg_1",
        story=story,
        type="story.changed",
        cursor=f"{story.epoch}-0",
        at=story.created_at,
        status=500,
        milliseconds=3,
    )
    page = chief.post(f"{base}/again/", {"attempt": attempt.pk}, follow=True)
    assert "1 message waits." in page.text
    assert WebhookMessage.objects.get().cursor == story.cursor
    for rubbish in ("", "x", "9" * 30, "0"):
        assert chief.post(f"{base}/again/", {"attempt": rubbish}).status_code == 404


def test_a_paused_webhook_names_no_next_attempt(chief):
    make_webhook(chief)
    webhook = Webhook.objects.get()
    cast.make_live_story(chief.user)  # its opening waits to be sent
    Webhook.objects.update(next_attempt_at=timezone.now() + timedelta(minutes=1))
    base = f"/admin/liveblog/webhook/{webhook.pk}"
    assert "Next attempt at" in chief.get(f"{base}/change/").text

    page = chief.post(f"{base}/pause/", follow=True)

    assert "waits." in page.text
    assert "Next attempt at" not in page.text
