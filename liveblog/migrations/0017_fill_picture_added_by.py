"""Fill in who added the pictures that are there already, from the audit trail."""

import uuid
from collections import defaultdict

from django.db import migrations

PORTION = 1000  # rows in a statement, and locked at a time


def fill_from_trail(apps, schema_editor):
    people = set(apps.get_model("auth", "User").objects.values_list("pk", flat=True))
    added = apps.get_model("liveblog", "AuditEntry").objects.filter(
        action="add_picture", kind="picture", person_id__in=people
    )
    last = 0
    while portion := list(
        added.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", "object_id", "person_id")[:PORTION]
    ):
        _fill(apps.get_model("liveblog", "Picture"), portion)
        last = portion[-1][0]


def _fill(model, portion):
    ids = defaultdict(list)
    for _pk, id, person in portion:
        ids[person].append(uuid.UUID(id))
    for person, own in ids.items():
        model.objects.filter(pk__in=own, added_by=None).update(added_by=person)


class Migration(migrations.Migration):
    atomic = False  # the running release goes on using the table: see docs/upgrading.md

    dependencies = [
        ("liveblog", "0016_picture_added_by"),
    ]

    operations = [
        migrations.RunPython(fill_from_trail, migrations.RunPython.noop),
    ]
