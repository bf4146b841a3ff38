"""What commands and shells do to accounts and roles, in the audit trail."""

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from liveblog import origin
from liveblog.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"


@pytest.fixture
def nina():
    return cast.make_reporter("nina")


@pytest.fixture
def shell():
    """As in a process that `manage.py shell` began."""
    before = origin.current.set(origin.of_command(["manage.py", "shell", "-c", "secret"]))
    yield
    origin.current.reset(before)


def recorded() -> list[tuple]:
    entries = AuditEntry.objects.order_by("id")
    return [(each.action, each.name, each.details) for each in entries]


def test_a_superuser_made_by_command_is_recorded(shell, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    call_command("createsuperuser", username="root", email="", interactive=False)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.name) == ("create_account", "root")
    assert entry.details["is_superuser"] is True
    assert entry.request_id == "manage.py shell"
    assert PASSWORD not in str(list(AuditEntry.objects.values_list()))


def test_a_password_set_by_command_is_recorded(nina, shell, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)

    call_command("changepassword", "nina", stdout=io.StringIO())

    assert recorded() == [("password_changed", "nina", {})]


def test_rights_given_in_a_shell_are_recorded(nina, shell):
    nina.is_superuser = True
    nina.save()
    nina.groups.set(Group.objects.filter(name="Editor"))
    Group.objects.get(name="Chief editor").user_set.add(nina)
    nina.groups.clear()

    assert [details for _, _, details in recorded()] == [
        {"is_superuser": [False, True]},
        {"roles": [["Reporter"], []]},
        {"roles": [[], ["Editor"]]},
        {"roles": [["Editor"], ["Chief editor", "Editor"]]},
        {"roles": [["Chief editor", "Editor"], []]},
    ]


def test_members_taken_from_a_role_in_a_shell_are_recorded(nina, shell):
    Group.objects.get(name="Reporter").user_set.clear()

    assert recorded() == [("change_account", "nina", {"roles": [["Reporter"], []]})]


def test_a_role_renamed_or_deleted_in_a_shell_is_recorded(nina, shell):
    role = Group.objects.get(name="Reporter")
    role.name = "Writer"
    role.save()
    role.delete()

    assert recorded() == [
        ("change_role", "Writer", {"name": ["Reporter", "Writer"]}),
        ("change_role", "Writer", {"name": ["Writer", None], "members": [["nina"], []]}),
    ]


def test_a_deleted_account_is_recorded(nina, shell):
    nina.delete()

    assert [each[:2] for each in recorded()] == [("delete_account", "nina")]


def test_what_changes_nothing_is_not_recorded(nina, shell):
    nina.save()
    nina.groups.add(*nina.groups.all())

    assert recorded() == []


def test_pages_and_servers_record_by_themselves(nina, chief):
    before = AuditEntry.objects.count()

    nina.is_superuser = True
    nina.save()

    assert AuditEntry.objects.count() == before


def test_a_command_of_ours_is_recorded_once():
    before = origin.current.set(origin.of_command(["manage.py", "add_person"]))
    try:
        call_command("add_person", "noor", "--role", "editor", stdout=io.StringIO())
    finally:
        origin.current.reset(before)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.request_id) == ("create_account", "manage.py add_person")
    assert User.objects.get().username == "noor"
