"""The audit trail in the admin: what is recorded there, who sees it, and its export."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.test import Client

from liveblog.admin.audit import GROUPS
from liveblog.models import AuditEntry
from liveblog.models.audit_entry import LABELS
from tests import cast

pytestmark = pytest.mark.django_db
TRAIL = "/admin/liveblog/auditentry/"
PASSWORD = "correct horse battery staple"


def latest():
    return AuditEntry.objects.first()


def sign_in(client, name, password, **more):
    form = {"username": name, "password": password, "next": "/admin/"}
    return client.post("/admin/login/", form, **more)


@pytest.fixture
def edith():
    user = cast.make_editor()
    user.set_password(PASSWORD)
    user.save()
    return user


def test_signing_in_and_out_is_recorded_with_the_address(edith):
    client = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(client, "edith", PASSWORD)
    client.post("/admin/logout/")

    left, entered = AuditEntry.objects.all()
    assert (entered.action, entered.person, entered.address) == ("sign_in", "edith", "203.0.113.9")
    assert (left.action, left.person) == ("sign_out", "edith")


def test_a_failed_sign_in_names_the_account(edith):
    sign_in(Client(), "edith", "wrong")

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.person, entry.name) == ("sign_in_failed", "", "edith")
    assert entry.object_id == str(edith.pk)


def test_a_name_that_nobody_has_is_not_kept(edith):
    """It may be a password that was typed into the wrong field."""
    sign_in(Client(), PASSWORD, "edith")

    entry = AuditEntry.objects.get()
    assert entry.action == "sign_in_failed"
    assert PASSWORD not in str(list(AuditEntry.objects.values_list()))


def test_account_changes_are_recorded_with_values(chief):
    form = {"username": "nora", "first_name": "Nora", "role": "Reporter", "is_active": "on"}
    chief.post("/admin/auth/user/add/", {**form, "password": PASSWORD})
    nora = User.objects.get(username="nora")
    made = latest()

    chief.post(f"/admin/auth/user/{nora.pk}/change/", {**form, "role": "Editor"})

    assert (made.action, made.person, made.name) == ("create_account", "chiara", "nora")
    assert made.details["roles"] == ["Reporter"]
    assert (latest().action, latest().name) == ("change_account", "nora")
    assert latest().details == {"roles": [["Reporter"], ["Editor"]]}
    assert PASSWORD not in str(list(AuditEntry.objects.values_list()))


def test_password_changes_are_recorded(chief, edith):
    address = f"/admin/auth/user/{edith.pk}/password/"
    new = {"password1": "brown fox jumps", "password2": "brown fox jumps"}
    chief.post(address, {**new, "usable_password": "true"})
    by_chief = latest()

    client = Client()
    sign_in(client, "edith", "brown fox jumps")
    own = {"new_password1": "lazy dogs sleep", "new_password2": "lazy dogs sleep"}
    client.post("/admin/password_change/", {"old_password": "brown fox jumps", **own})

    assert (by_chief.action, by_chief.person, by_chief.name) == (
        *("password_changed", "chiara", "edith"),
    )
    assert (latest().action, latest().person) == ("password_changed", "edith")


def test_a_publish_through_the_admin_says_from_where(chief):
    story = cast.make_story(cast.make_editor(), slug="bridge")

    chief.post(f"/admin/liveblog/story/{story.pk}/open/", REMOTE_ADDR="2001:db8::1")

    assert (latest().action, latest().person, latest().address) == (
        *("open_story", "chiara", "2001:db8::1"),
    )


@pytest.mark.parametrize("address", [TRAIL, f"{TRAIL}export/"])
def test_only_chief_editors_see_the_trail(editor, reporter, chief, address):
    assert editor.get(address).status_code == 403
    assert reporter.get(address).status_code == 403
    assert chief.get(address).status_code == 200


def test_the_list_says_who_did_what(chief, assert_valid_html):
    story = cast.make_live_story(chief.user, slug="bridge")

    page = chief.get(TRAIL).content.decode()

    assert_valid_html(page)
    assert "chiara" in page
    assert f'<a href="/admin/liveblog/story/{story.pk}/change/" class="">bridge</a>' in page
    assert "export/" in page


def test_the_list_tells_changes_from_lists(chief):
    record = cast.publishing.record
    record("create_token", details={"scopes": ["read", "write"], "story": None})
    record("change_account", details={"roles": [["Reporter"], []], "is_active": [True, False]})

    page = chief.get(TRAIL).content.decode()

    assert "scopes: read, write<" in page
    assert "roles: Reporter → –; is_active: yes → no" in page


@pytest.mark.parametrize("action", ["", "delete_selected"])
def test_nobody_deletes_an_entry_in_the_admin(chief, action):
    entry = latest()
    form = {"action": action, "_selected_action": [entry.pk], "post": "yes"}

    chief.post(TRAIL, form)
    refused = [
        chief.post(f"{TRAIL}{entry.pk}/{page}/", {"post": "yes"}).status_code
        for page in ("delete", "change")
    ]

    assert refused == [403, 403]
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_every_deed_is_in_one_group_of_the_filter():
    grouped = [each for _label, actions in GROUPS.values() for each in actions]

    assert sorted(grouped) == sorted(LABELS)


def exported(client, query=""):
    answer = client.get(f"{TRAIL}export/{query}")
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_export_has_every_entry_and_is_recorded(chief):
    AuditEntry.objects.bulk_create(AuditEntry(action="sign_in") for _ in range(2345))
    count = AuditEntry.objects.count()

    rows = exported(chief)

    assert len(rows) == count
    assert latest().action == "export_trail"


def test_the_export_has_what_the_list_shows(chief):
    cast.make_live_story(chief.user)

    rows = exported(chief, "?what=stories")

    assert {row["action"] for row in rows} == {"create_story", "open_story"}


def test_no_cell_of_the_export_is_a_formula(chief):
    AuditEntry.objects.create(action="change_webhook", name='=HYPERLINK("https://x.example")')

    rows = exported(chief, "?q=HYPERLINK")

    assert rows[0]["name"] == '\'=HYPERLINK("https://x.example")'


@pytest.mark.parametrize("query", ["?at__gte=rubbish", "?what=rubbish", "?q=%00"])
def test_rubbish_in_the_filters_is_no_error(chief, query):
    for address in (TRAIL, f"{TRAIL}export/"):
        assert chief.get(address + query).status_code in {200, 302}
