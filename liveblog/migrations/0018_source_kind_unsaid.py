"""A source whose kind nobody chose has none; readers are not told that it is an outlet."""

from django.db import migrations, models

KINDS = ["agency", "official", "person", "outlet", "document", "eyewitness"]


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
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                name="source_kind_is_known",
                condition=models.Q(kind__in=["", *KINDS]),
            ),
        ),
    ]
