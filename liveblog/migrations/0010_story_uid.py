"""Give each story the id that its feeds had by its database id and epoch."""

import uuid

from django.db import migrations, models

NAMES = uuid.UUID("3f0a5a4e-6c1b-5d0e-9a53-0c9d5d7c2b11")


def keep_feed_ids(apps, schema_editor):
    Story = apps.get_model("liveblog", "Story")
    for story in Story.objects.only("pk", "epoch").iterator():
        uid = uuid.uuid5(NAMES, f"story {story.pk} {story.epoch}")
        Story.objects.filter(pk=story.pk).update(uid=uid)


class Migration(migrations.Migration):
    dependencies = [
        ("liveblog", "0009_silence_alarm"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(keep_feed_ids, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="story",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
