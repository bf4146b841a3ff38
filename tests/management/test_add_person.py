"""`manage.py add_person`: an account with a role, and a link to set its password."""

import io
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError

from liveblog.models import AuditEntry

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


def add(*arguments, **options):
    out = io.StringIO()
    call_command("add_person", *arguments, stdout=out, **options)
    return out.getvalue()


def test_prints_a_link_that_sets_a_password_once(client, settings):
    output = add("nina", role="chief", email="nina@example.org")
    path = re.search(settings.SITE_URL + r"(/admin/welcome/\S+)", output)[1]

    form = client.get(path).headers["Location"]
    page = client.get(form).text
    assert "new_password1" in page
    assert "nav-sidebar" not in page  # nobody is signed in
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})

    nina = User.objects.get(username="nina")
    assert nina.check_password(PASSWORD)
    assert nina.is_staff
    assert [group.name for group in nina.groups.all()] == ["Chief editor"]
    assert "new_password1" not in client.get(path, follow=True).text
    assert AuditEntry.objects.filter(action="create_account", name="nina").exists()


def test_reads_a_password(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))

    output = add("nina", password_stdin=True)

    assert User.objects.get().check_password(PASSWORD)
    assert "/welcome/" not in output


@pytest.mark.parametrize("password", ["short", "123456789012", "aaaaaaaaaaaa", ""])
def test_refuses_a_weak_password(monkeypatch, password):
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))

    with pytest.raises(CommandError):
        add("nina", password_stdin=True)

    assert not User.objects.exists()


def test_refuses_a_name_that_is_taken():
    add("nina")

    with pytest.raises(CommandError, match="already exists"):
        add("nina")
