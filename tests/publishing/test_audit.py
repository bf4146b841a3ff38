"""The audit trail: every verb is in it, nothing leaves it but by age."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from liveblog import origin, publishing
from liveblog.models import AuditEntry, AuditRetention, Story, Version, Webhook
from tests import cast

pytestmark = pytest.mark.django_db
MIGRATION = import_module("liveblog.migrations.0013_audit_trail")


@pytest.fixture
def triggers():
    """Restore what `conftest` drops, so that transactional tests may empty tables."""
    is_sqlite = connection.vendor == "sqlite"
    _update, on_delete = MIGRATION.SQLITE
    _rest, between, on_truncate = MIGRATION.POSTGRESQL.rpartition("CREATE TRIGGER")
    with connection.cursor() as cursor:
        cursor.execute(on_delete if is_sqlite else between + on_truncate)


def entries():
    found = AuditEntry.objects.order_by("pk")
    return list(found.values_list("action", "person", "kind", "name"))


def test_verbs_are_recorded_once_each_on_their_update_or_story():
    edith = cast.make_editor()
    story = cast.make_live_story(edith, "Bridge", slug="bridge")
    update = cast.publish(story, edith, "Secret words.")
    publishing.pin(update, by=edith)
    publishing.retract(update, by=edith, without_trace=True)
    draft = publishing.save_draft(cast.new_update(story), cast.content(), by=edith)
    publishing.delete_draft(draft, by=edith)

    assert entries() == [
        ("create_story", "edith", "story", "bridge"),
        ("open_story", "edith", "story", "bridge"),
        ("publish", "edith", "update", "bridge"),
        ("pin", "edith", "update", "bridge"),
        ("retract", "edith", "update", "bridge"),
        ("save_draft", "edith", "update", "bridge"),
        ("delete_draft", "edith", "update", "bridge"),
    ]


def test_a_verb_that_changes_nothing_is_not_recorded():
    edith = cast.make_editor()
    story = cast.make_live_story(edith)
    update, text = cast.new_update(story), cast.content()
    publishing.publish(update, by=edith, content=text)

    publishing.publish(update, by=edith, content=text)

    assert [action for action, *_ in entries()].count("publish") == 1


def test_no_text_of_an_update_is_in_the_trail():
    edith = cast.make_editor()
    update = cast.publish(cast.make_live_story(edith), edith, "Unspeakable words.")
    publishing.retract(update, by=edith, note="A sorry note.")

    written = str(list(AuditEntry.objects.values_list()))

    assert "Unspeakable" not in written
    assert "sorry" not in written


def test_the_deletion_of_a_story_is_recorded():
    edith = cast.make_editor()
    story = cast.make_story(edith, slug="bridge")

    publishing.delete_story(story, by=edith)

    assert not Story.objects.exists()
    assert entries()[-1] == ("delete_story", "edith", "story", "bridge")


def test_what_stories_share_is_recorded_once():
    chief = cast.make_chief()
    efe = cast.make_source("Efe")
    for headline in ("Bridge", "Tunnel"):
        story = cast.make_live_story(chief, headline)
        cast.publish(story, chief, sources=(publishing.Citation(efe),))

    publishing.rename_source(efe, by=chief, name="EFE")

    assert [each for each in entries() if each[0] == "rename_source"] == [
        ("rename_source", "chiara", "source", "efe")
    ]


def test_tokens_are_recorded_with_what_they_may_and_without_their_text():
    chief = cast.make_chief()

    token, text = publishing.create_token(by=chief, name="Wire", person=chief, scopes=["read"])
    publishing.revoke_token(token, by=chief)
    publishing.revoke_token(token, by=chief)

    made, revoked = AuditEntry.objects.order_by("pk")
    assert (made.action, revoked.action) == ("create_token", "revoke_token")
    assert (made.details["for"], made.details["scopes"]) == ("chiara", ["read"])
    assert text not in str(made.details)


def test_a_webhook_is_recorded_with_former_and_new_values_and_without_its_secret():
    chief = cast.make_chief()
    hook = Webhook(name="Archive", url="https://archive.example/")
    publishing.save_webhook(hook, by=chief)
    hook.url = "https://other.example/"
    publishing.save_webhook(hook, by=chief)
    secret = publishing.rotate_secret(hook, by=chief)
    publishing.delete_webhook(hook, by=chief)

    found = list(AuditEntry.objects.order_by("pk"))
    assert [each.action for each in found] == [
        *("create_webhook", "change_webhook", "rotate_secret", "delete_webhook"),
    ]
    assert found[1].details == {"url": ["https://archive.example/", "https://other.example/"]}
    assert secret not in str([each.details for each in found])


def test_an_entry_says_from_where_and_by_which_program():
    edith = cast.make_editor()
    edith.api_token = publishing.create_token(
        by=cast.make_chief(), name="Wire", person=edith, scopes=["write"]
    )[0]
    before = origin.current.set(origin.Origin("request-1", "2001:db8::7"))
    try:
        story = cast.make_story(edith)
    finally:
        origin.current.reset(before)

    entry = AuditEntry.objects.get(kind="story", object_id=story.pk)
    assert (entry.address, entry.request_id) == ("2001:db8::7", "request-1")
    assert entry.program == "Wire"
    assert Version.objects.get(story=story).token == edith.api_token


COLUMNS = ", ".join(field.column for field in AuditEntry._meta.fields)
FORGED = COLUMNS.replace(" person,", " 'somebody',")
AGAIN = f"INSERT {{}} INTO liveblog_auditentry ({COLUMNS}) SELECT {FORGED} FROM liveblog_auditentry"
CHANGE = "person = 'somebody'"
TAMPERING = {
    "sqlite": [
        AGAIN.format("OR REPLACE"),
        AGAIN.format("OR REPLACE").replace("INSERT OR REPLACE", "REPLACE"),
        f"UPDATE OR REPLACE liveblog_auditentry SET {CHANGE}",
        AGAIN.format("") + f" WHERE true ON CONFLICT (id) DO UPDATE SET {CHANGE}",
        "DELETE FROM liveblog_auditentry",
    ],
    "postgresql": [
        AGAIN.format("") + f" ON CONFLICT (id) DO UPDATE SET {CHANGE}",
        f"UPDATE liveblog_auditentry SET {CHANGE}",
        "WITH gone AS (DELETE FROM liveblog_auditentry RETURNING 1) SELECT * FROM gone",
        "MERGE INTO liveblog_auditentry a USING (SELECT 1) b ON true WHEN MATCHED THEN DELETE",
        "TRUNCATE liveblog_auditentry",
        "TRUNCATE liveblog_auditentry, liveblog_auditretention CASCADE",
    ],
}


def test_plain_sql_changes_no_entry_either(triggers):
    publishing.record("sign_in", by=cast.make_editor())

    for deed in TAMPERING[connection.vendor]:
        with pytest.raises(IntegrityError, match="can only be added to"), transaction.atomic():
            connection.cursor().execute(deed)

    assert AuditEntry.objects.get().person == "edith"


@pytest.mark.parametrize("days", [-1, 1, 29])
def test_no_permission_reaches_the_last_month(days):
    before = timezone.now() - timedelta(days=days)
    with pytest.raises(IntegrityError, match="at least 30 days"), transaction.atomic():
        AuditRetention.objects.create(before=before)
    AuditRetention.objects.create(before=timezone.now() - timedelta(days=30))
    with pytest.raises(IntegrityError, match="at least 30 days"), transaction.atomic():
        AuditRetention.objects.update(before=before)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a type for moments")
@pytest.mark.parametrize("moment", ["'zzz'", "x'ff'", "9e999", "-1", "'9999-12-31'"])
def test_a_moment_that_is_none_is_no_permission(triggers, moment):
    """SQLite takes any value for a moment."""
    publishing.record("sign_in")

    with pytest.raises(IntegrityError), transaction.atomic():
        _delete_by_permission(moment)

    assert AuditEntry.objects.exists()


def _delete_by_permission(moment):
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO liveblog_auditretention (before) VALUES ({moment})")
        cursor.execute("DELETE FROM liveblog_auditentry")


@pytest.mark.parametrize("deed", ["update", "save", "delete", "raw"])
def test_the_database_refuses_to_change_or_delete_entries(triggers, deed):
    publishing.record("sign_in", by=cast.make_editor())
    entry = AuditEntry.objects.get()
    deeds = {
        "update": lambda: AuditEntry.objects.update(person="somebody"),
        "save": entry.save,
        "delete": entry.delete,
        "raw": lambda: connection.cursor().execute("DELETE FROM liveblog_auditentry"),
    }

    with pytest.raises(IntegrityError, match="can only be added to"), transaction.atomic():
        deeds[deed]()

    assert AuditEntry.objects.get().person == "edith"


def test_old_entries_leave_by_the_command_and_that_is_recorded(triggers, capsys):
    now = timezone.now()
    for age in (500, 401, 399, 0):
        AuditEntry.objects.create(action="sign_in", at=now - timedelta(days=age))

    call_command("prune_audit_trail")

    assert [action for action, *_ in entries()] == ["sign_in", "sign_in", "prune_trail"]
    assert AuditEntry.objects.first().details["entries"] == 2
    assert capsys.readouterr().out == "2 entries older than 400 days removed.\n"
    assert not AuditRetention.objects.exists()


def test_the_command_keeps_a_month_whatever_it_is_told(triggers):
    with pytest.raises(CommandError, match="30 days"):
        call_command("prune_audit_trail", "--days", "29")


def test_permission_to_delete_reaches_no_further_than_its_moment(triggers):
    publishing.record("sign_in")
    AuditRetention.objects.create(before=timezone.now() - timedelta(days=31))

    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_dumps_leave_the_trail_out_unless_it_is_asked_for(capsys):
    publishing.record("sign_in", name="marker")

    call_command("dumpdata", "liveblog")
    dumped = capsys.readouterr().out
    call_command("dumpdata", "liveblog.AuditEntry")

    assert "marker" not in dumped
    assert "marker" in capsys.readouterr().out
