"""Colleagues: one form, invitations, teams, and notice of what others change."""

import re
import smtplib

import pytest
from django.contrib.auth.models import User
from django.core import mail

from liveblog import publishing
from tests import cast

from .conftest import _sign_in
from .test_sign_in import give_second_factor, set_up, with_password

pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)  # links and mail go out after the commit

ADD = "/admin/auth/user/add/"
NINA = {"username": "nina", "first_name": "Nina", "last_name": "Roe", "role": "Reporter"}
ADDRESS = {"email": "nina@example.org"}


@pytest.fixture
def nina():
    nina = cast.make_reporter("nina")
    User.objects.filter(pk=nina.pk).update(email="nina@example.org")
    return User.objects.get(pk=nina.pk)


def page_of(user):
    return f"/admin/auth/user/{user.pk}/change/"


def form_of(user, **changes):
    return {"username": user.username, "role": "Reporter", "is_active": "on", **changes}


@commits
def test_a_colleague_without_a_password_is_invited_by_mail(chief, client, settings):
    settings.EMAIL_HOST = "mail.example.org"

    response = chief.post(ADD, NINA | ADDRESS, follow=True)

    [letter] = mail.outbox
    assert letter.to == ["nina@example.org"]
    assert "/admin/welcome/" not in response.text
    address = re.search(r"http\S+", letter.body)[0].removeprefix(settings.SITE_URL)
    assert client.get(address, follow=True).status_code == 200


@commits
@pytest.mark.parametrize("host", ["", "mail.example.org"])
def test_without_mail_the_link_is_handed_over(chief, settings, host):
    settings.EMAIL_HOST = host

    response = chief.post(ADD, NINA, follow=True)

    assert f"{settings.SITE_URL}/admin/welcome/" in response.text
    assert mail.outbox == []
    assert not User.objects.get(username="nina").has_usable_password()


@commits
def test_the_link_to_hand_over_goes_to_no_page_but_the_admins(chief):
    response, shown = chief.post(ADD, NINA), chief.get("/admin/auth/user/")

    assert "/admin/welcome/" in shown.text
    for each in (response, shown):
        assert each.cookies["messages"]["path"] == "/admin/"
    assert response.cookies["messages"].value
    assert not shown.cookies["messages"].value


@commits
def test_mail_that_does_not_go_leaves_the_link(chief, settings, monkeypatch):
    settings.EMAIL_HOST = "mail.example.org"

    def fail(*args):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)

    assert "/admin/welcome/" in chief.post(ADD, NINA | ADDRESS, follow=True).text


@commits
def test_a_link_is_sent_again_from_the_colleagues_page(chief, settings, nina):
    settings.EMAIL_HOST = "mail.example.org"
    assert "_send_link" in chief.get(page_of(nina)).text

    chief.post(page_of(nina), form_of(nina, email=nina.email, _send_link="1"))

    assert "/admin/welcome/" in mail.outbox[-1].body


def test_a_person_is_told_what_somebody_else_changed(
    chief, settings, nina, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST = "mail.example.org"

    with django_capture_on_commit_callbacks(execute=True):
        chief.post(page_of(nina), form_of(nina, role="Editor", email="new@example.org"))

    assert {each.to[0] for each in mail.outbox} == {"nina@example.org", "new@example.org"}
    assert "Reporter → Editor" in mail.outbox[0].body


@pytest.mark.parametrize(("role", "is_out"), [("Chief editor", True), ("Editor", False)])
def test_a_role_that_needs_a_second_factor_signs_out(chief, settings, nina, role, is_out):
    settings.REQUIRE_SECOND_FACTOR = ["Chief editor"]
    give_second_factor(chief)
    client = _sign_in(nina)

    chief.post(page_of(nina), form_of(nina, first_name="Nina"))
    assert client.get("/admin/").status_code == 200

    chief.post(page_of(nina), form_of(nina, role=role))
    assert client.get("/admin/").status_code == (302 if is_out else 200)
    assert chief.get("/admin/").status_code == 200


def test_whoever_has_a_second_factor_stays_signed_in(chief, client, settings, nina):
    settings.REQUIRE_SECOND_FACTOR = ["Reporter", "Chief editor"]
    set_up(client, with_password(nina))
    give_second_factor(chief)

    chief.post(page_of(nina), form_of(nina, role="Chief editor"))

    assert client.get("/admin/auth/user/").status_code == 200


def test_nothing_is_sent_before_what_it_tells_is_saved(
    chief, settings, nina, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST = "mail.example.org"
    with django_capture_on_commit_callbacks() as waiting:
        chief.post(ADD, NINA | {"username": "noor", "email": "noor@example.org"})
        chief.post(page_of(nina), form_of(nina, role="Editor", email=nina.email, _send_link="1"))
        assert mail.outbox == []

    for send in waiting:
        send()
    assert [each.to for each in mail.outbox] == [
        *(["noor@example.org"], ["nina@example.org"], ["nina@example.org"]),
    ]


def test_a_colleague_is_put_on_teams(chief, nina):
    story, other = cast.make_story(chief.user), cast.make_story(chief.user, "Open to all")
    publishing.set_team(story, [chief.user], by=chief.user)
    page = chief.get(page_of(nina))
    assert story.headline in page.text
    assert other.headline not in page.text

    chief.post(page_of(nina), form_of(nina, teams=[story.pk]))
    assert set(story.team.all()) == {chief.user, nina}

    chief.post(page_of(nina), form_of(nina))
    assert set(story.team.all()) == {chief.user}


def test_the_last_of_a_team_stays(chief, nina):
    story = cast.make_story(chief.user)
    publishing.set_team(story, [nina], by=chief.user)

    refused = chief.post(page_of(nina), form_of(nina))

    assert "Nobody else is on the team" in refused.text
    assert set(story.team.all()) == {nina}
