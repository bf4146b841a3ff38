"""Close two ways round the audit trail's triggers that were open to plain SQL.

SQLite deletes a row for `INSERT OR REPLACE` without asking the trigger for deletions. And the
permission to delete old entries could be given for any moment: now entries of the last 30 days
stay, whatever it says. Where clocks differ by less than a minute, nobody is refused.
"""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION liveblog_audit_keep_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.before > now() - interval '30 days' + interval '1 minute' THEN
        RAISE EXCEPTION 'The audit trail is kept for at least 30 days.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER liveblog_audit_retention BEFORE INSERT OR UPDATE ON liveblog_auditretention
FOR EACH ROW EXECUTE FUNCTION liveblog_audit_keep_month();
"""
# Moments are texts there; what is none compares as later than all of them, and is refused.
KEEP_MONTH = """
CREATE TRIGGER liveblog_audit_retention_{deed} BEFORE {deed} ON liveblog_auditretention
WHEN NEW.before > strftime('%Y-%m-%d %H:%M:%S', 'now', '-30 days', '+1 minute')
BEGIN SELECT RAISE(ABORT, 'The audit trail is kept for at least 30 days.'); END;
"""
SQLITE = [
    """
    CREATE TRIGGER liveblog_audit_replace BEFORE INSERT ON liveblog_auditentry
    WHEN EXISTS (SELECT 1 FROM liveblog_auditentry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'The audit trail can only be added to.'); END;
    """,
    KEEP_MONTH.format(deed="INSERT"),
    KEEP_MONTH.format(deed="UPDATE"),
]
SQLITE_NAMES = ("audit_replace", "audit_retention_INSERT", "audit_retention_UPDATE")


def add_triggers(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in [POSTGRESQL] if is_postgresql else SQLITE:
        schema_editor.execute(statement, params=None)


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION liveblog_audit_keep_month CASCADE", params=None)
        return
    for name in SQLITE_NAMES:
        schema_editor.execute(f"DROP TRIGGER liveblog_{name}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("liveblog", "0013_audit_trail"),
    ]

    operations = [
        migrations.RunPython(add_triggers, drop_triggers),
    ]
