"""The audit trail, and the triggers by which the database lets rows be added to it only.

Entries from before the moment of an `AuditRetention` row may be deleted while that row stands:
it is written and taken away in the transaction of `publishing.prune_trail`.
"""

import django.core.serializers.json
import django.utils.timezone
from django.db import migrations, models

POSTGRESQL = """
CREATE FUNCTION liveblog_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM liveblog_auditretention WHERE OLD.at < before
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The audit trail can only be added to.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER liveblog_audit_update BEFORE UPDATE ON liveblog_auditentry
FOR EACH ROW EXECUTE FUNCTION liveblog_audit_refuse();
CREATE TRIGGER liveblog_audit_delete BEFORE DELETE ON liveblog_auditentry
FOR EACH ROW EXECUTE FUNCTION liveblog_audit_refuse();
CREATE TRIGGER liveblog_audit_truncate BEFORE TRUNCATE ON liveblog_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION liveblog_audit_refuse();
"""
SQLITE = [
    """
    CREATE TRIGGER liveblog_audit_update BEFORE UPDATE ON liveblog_auditentry
    BEGIN SELECT RAISE(ABORT, 'The audit trail can only be added to.'); END;
    """,
    """
    CREATE TRIGGER liveblog_audit_delete BEFORE DELETE ON liveblog_auditentry
    WHEN NOT EXISTS (SELECT 1 FROM liveblog_auditretention WHERE OLD.at < before)
    BEGIN SELECT RAISE(ABORT, 'The audit trail can only be added to.'); END;
    """,
]


def add_triggers(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in [POSTGRESQL] if is_postgresql else SQLITE:
        schema_editor.execute(statement, params=None)


def drop_triggers(apps, schema_editor):
    """Drop what the tables don't take with them."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION liveblog_audit_refuse CASCADE", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("liveblog", "0012_moved_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditRetention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, verbose_name="when"
                    ),
                ),
                ("person_id", models.BigIntegerField(null=True)),
                ("person", models.CharField(blank=True, max_length=150, verbose_name="who")),
                ("program", models.CharField(blank=True, max_length=100, verbose_name="API token")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="from where")),
                ("request_id", models.CharField(blank=True, max_length=64, verbose_name="request")),
                ("action", models.CharField(max_length=32, verbose_name="what")),
                ("kind", models.CharField(blank=True, max_length=32)),
                ("object_id", models.CharField(blank=True, max_length=64)),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="on what")),
                (
                    "details",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="details",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit trail",
                "ordering": ["-id"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["person", "-id"], name="audit_of_person")],
            },
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
