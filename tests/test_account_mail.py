"""What people are sent about their accounts."""

import smtplib
from functools import partial

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from liveblog import account_mail, second_factor, teams
from tests import cast
from tests.admin.test_sign_in import PASSWORD, code_of, give_password, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def nina(settings):
    settings.EMAIL_HOST = "mail.example.org"
    nina = with_password(cast.make_reporter("nina"))
    nina.email = "nina@example.org"
    nina.save()
    return nina


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Send what waits for the end of the transaction, as the database's commit does."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def set_second_factor_up(client, user):
    client.get("/admin/account/set-up/")
    client.post("/admin/account/set-up/", {"code": code_of(user)})


def change_password(client, user):
    new = {"new_password1": "lazy dogs sleep long", "new_password2": "lazy dogs sleep long"}
    client.post("/admin/password_change/", {"old_password": PASSWORD, **new})


def make_codes(client, user):
    second_factor.make_recovery_codes(user)


def remove_second_factor(client, user):
    set_second_factor_up(client, user)
    mail.outbox.clear()
    call_command("remove_second_factor", "nina")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (set_second_factor_up, "A second factor was set up"),
        (make_codes, "New recovery codes"),
        (change_password, "Your password was changed"),
        (remove_second_factor, "taken away"),
    ],
)
def test_a_person_is_told_what_was_done_with_their_own_rights(nina, committed, change, words):
    client = Client()
    give_password(client, nina)

    with committed():
        change(client, nina)

    letter = mail.outbox[-1]
    assert letter.to == ["nina@example.org"]
    assert words in letter.body
    assert "If you know nothing of this" in letter.body


def test_a_person_is_told_of_teams_that_they_join_and_leave(nina, committed):
    chief, story = cast.make_chief(), cast.make_story(cast.make_editor(), "The bridge")
    chief.email = "chiara@example.org"

    with committed():
        teams.change_team(story, [nina, chief], by=chief)
        teams.change_team(story, [chief], by=chief)
        teams.change_team(story, [chief], by=chief)

    joined, left = mail.outbox
    assert [each.to for each in mail.outbox] == [["nina@example.org"]] * 2
    assert "put you on the team of “The bridge”" in joined.body
    assert f"/admin/liveblog/story/{story.pk}/desk/" in joined.body
    assert "took you off the team of “The bridge”" in left.body


def test_mail_that_does_not_go_is_no_error(nina, monkeypatch, caplog):
    def fail(*args):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)

    assert account_mail.send([(nina.email, "Subject", "Text")]) is False
    assert "was not sent: gone" in caplog.text
