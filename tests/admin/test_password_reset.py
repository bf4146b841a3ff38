"""A forgotten password: the same answer for every address, and a link where there is an account."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail

from liveblog.admin import password_reset
from liveblog.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)  # links are sent by another thread
PAGE = "/admin/welcome/forgotten/"


@pytest.fixture
def nina(settings):
    settings.EMAIL_HOST = "mail.example.org"
    nina = cast.make_reporter("nina")
    User.objects.filter(pk=nina.pk).update(email="nina@example.org", is_staff=True)
    return nina


def ask(client, address):
    answer = client.post(PAGE, {"email": address})
    password_reset._mail.submit(lambda: None).result(timeout=30)  # after what was asked before
    return answer


def test_the_link_sets_another_password(client, nina, settings):
    assert f'href="{PAGE}"' in client.get("/admin/login/").text

    ask(client, "Nina@Example.org")

    [letter] = mail.outbox
    assert letter.to == ["nina@example.org"]
    assert "Your username: nina" in letter.body
    address = re.search(r"http\S+", letter.body)[0].removeprefix(settings.SITE_URL)
    page = client.get(address, follow=True)
    assert "Username: <strong>nina</strong>" in page.text
    password = {"new_password1": "gull point 128", "new_password2": "gull point 128"}
    page = client.post(page.redirect_chain[-1][0], password, follow=True)
    assert page.redirect_chain[-1][0] == "/admin/login/"
    assert "Your password is set. Your username: nina" in page.text
    entry = AuditEntry.objects.get(action="password_forgotten")
    assert (entry.name, entry.address) == ("nina", "127.0.0.1")


def test_every_address_gets_the_same_answer(client, nina):
    known, unknown = ask(client, "nina@example.org"), ask(client, "nobody@example.org")

    token = r'csrfmiddlewaretoken" value="\w+'
    assert re.sub(token, "", known.text) == re.sub(token, "", unknown.text)
    assert len(mail.outbox) == 1


def test_nobodys_mailbox_is_filled(client, nina):
    for _time in range(3):
        ask(client, "nina@example.org")

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_whoever_may_not_sign_in_gets_no_link(client, nina, change):
    User.objects.filter(pk=nina.pk).update(**change)

    ask(client, "nina@example.org")

    assert mail.outbox == []


def test_a_crowd_is_bounded(client, nina, caplog):
    taken = 0
    while password_reset._room.acquire(blocking=False):
        taken += 1
    try:
        ask(client, "nina@example.org")
    finally:
        for _each in range(taken):
            password_reset._room.release()

    assert mail.outbox == []
    assert "Too many forgotten passwords" in caplog.text


def test_without_mail_the_page_says_whom_to_ask(client, db, settings, assert_valid_html):
    settings.EMAIL_HOST = ""

    page = client.get(PAGE).text

    assert "Ask a chief editor" in page
    assert_valid_html(page)


def test_what_is_no_address_is_said(client, nina, assert_valid_html):
    page = ask(client, "nina").text

    assert "Enter a valid email address" in page
    assert_valid_html(page)
