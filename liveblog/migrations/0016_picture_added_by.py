"""Who added a picture; those of before are taken from the audit trail."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def take_from_trail(apps, schema_editor):
    pictures, people = apps.get_model("liveblog", "Picture"), apps.get_model("auth", "User")
    known = set(people.objects.values_list("pk", flat=True))
    added = apps.get_model("liveblog", "AuditEntry").objects.filter(
        action="add_picture", kind="picture", person_id__in=known
    )
    for id, person in added.order_by("id").values_list("object_id", "person_id").iterator():
        pictures.objects.filter(pk=uuid.UUID(id)).update(added_by_id=person)


class Migration(migrations.Migration):
    dependencies = [
        ("liveblog", "0015_names_in_bylines"),
    ]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="added_pictures",
                to=settings.AUTH_USER_MODEL,
                verbose_name="added by",
            ),
        ),
        migrations.RunPython(take_from_trail, migrations.RunPython.noop),
    ]
