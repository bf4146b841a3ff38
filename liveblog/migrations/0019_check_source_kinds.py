"""Rows of before have a known kind, too: checked without keeping anybody from writing."""

from django.db import migrations

CHECK = "ALTER TABLE liveblog_source VALIDATE CONSTRAINT source_kind_is_known"


def check(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CHECK)


def call_outlets(apps, schema_editor):
    """The release before knows none without a kind, and calls them so."""
    apps.get_model("liveblog", "Source").objects.filter(kind="").update(kind="outlet")


class Migration(migrations.Migration):
    dependencies = [
        ("liveblog", "0018_source_kind_unsaid"),
    ]

    operations = [migrations.RunPython(check, call_outlets)]
