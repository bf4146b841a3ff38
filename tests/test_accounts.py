"""Who may sign in."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liveblog.accounts import NewsroomBackend
from liveblog.publishing import roles_of
from tests import cast

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


def make_account(name):
    return User.objects.create_user(name, password=PASSWORD, is_staff=True)


def sign_in(client, name):
    client.post("/admin/login/", {"username": name, "password": PASSWORD})
    return client.get("/admin/").status_code == 200


def test_an_account_signs_in(client):
    make_account("edith")

    assert sign_in(client, "edith")


@pytest.mark.parametrize("name", ["chief@localhost", "Chief@LOCALHOST"])
def test_a_local_account_signs_in_on_the_demos_machine_alone(client, settings, name):
    make_account(name)

    settings.DEBUG = False
    assert not sign_in(client, name)

    settings.DEBUG = True
    assert sign_in(client, name)


def test_a_local_account_signed_in_already_is_out_when_debug_goes_off(client, settings):
    make_account("chief@localhost")
    settings.DEBUG = True
    assert sign_in(client, "chief@localhost")

    settings.DEBUG = False

    assert client.get("/admin/").status_code == 302


def test_an_inactive_account_does_not_sign_in(client):
    make_account("edith")
    User.objects.update(is_active=False)

    assert not sign_in(client, "edith")


def test_check_finds_local_accounts_in_production():
    make_account("chief@localhost")

    with pytest.raises(SystemCheckError, match=r"liveblog\.E003.*chief@localhost"):
        call_command("check", databases=["default"])


def test_check_says_nothing_of_accounts_switched_off_or_of_the_demo(settings):
    make_account("edith")
    make_account("chief@localhost")
    settings.DEBUG = True
    call_command("check", databases=["default"])

    settings.DEBUG, settings.SECRET_KEY = False, "a-long-random-text-" * 3
    User.objects.filter(username="chief@localhost").update(is_active=False)
    call_command("check", databases=["default"])


def test_roles_are_read_with_the_person():
    person = cast.make_user("ana", "Editor", "Reporter")

    with CaptureQueriesContext(connection) as queries:
        found = NewsroomBackend().get_user(person.pk)
        roles = roles_of(found)

    assert (found, roles) == (person, {"Editor", "Reporter"})
    assert len(queries) == (1 if connection.vendor == "postgresql" else 2)


def test_nobody_is_found_for_an_account_that_is_gone():
    assert NewsroomBackend().get_user(2**31 - 1) is None
