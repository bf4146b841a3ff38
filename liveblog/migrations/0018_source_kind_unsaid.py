"""A source whose kind nobody chose has none; readers are not told that it is an outlet."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

KINDS = ["agency", "official", "person", "outlet", "document", "eyewitness"]


class AddConstraint(AddConstraintNotValid):
    """Holds what is written from now on; PostgreSQL reads no rows for it, and locks for no time."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.AddConstraint.database_forwards(
                self, app_label, schema_editor, from_state, to_state
            )


class Migration(migrations.Migration):
    dependencies = [
        ("liveblog", "0017_fill_picture_added_by"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="source", name="source_kind_is_known"),
        migrations.AlterField(
            model_name="source",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "kind not chosen"),
                    ("agency", "news agency"),
                    ("official", "official body"),
                    ("person", "person"),
                    ("outlet", "outlet"),
                    ("document", "document"),
                    ("eyewitness", "eyewitness"),
                ],
                default="",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                name="source_kind_is_known",
                condition=models.Q(kind__in=["", *KINDS]),
            ),
        ),
    ]
