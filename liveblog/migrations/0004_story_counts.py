from collections import Counter

from django.db import migrations, models
from django.db.models import Q


def count(apps, schema_editor):
    story_model = apps.get_model("liveblog", "Story")
    for story in story_model.objects.exclude(status="draft"):
        shown = story.updates.filter(status="published").order_by()
        told = story.updates.filter(status="retracted").exclude(retraction_note="")
        noted = story.corrections.filter(Q(update=None) | Q(update__status="published"))
        story.update_count = shown.count()
        story.source_counts = count_sources(apps, shown)
        story.correction_count = noted.count() + told.count()
        story.save(update_fields=["update_count", "source_counts", "correction_count"])


def count_sources(apps, shown):
    cited = apps.get_model("liveblog", "Attribution").objects.filter(update__in=shown)
    pairs = cited.exclude(role="photo").order_by().values_list("source_id", "update_id")
    return dict(Counter(str(source_id) for source_id, _ in pairs.distinct()))


class Migration(migrations.Migration):
    dependencies = [
        ("liveblog", "0003_update_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="correction_count",
            field=models.PositiveIntegerField(default=0, editable=False, serialize=False),
        ),
        migrations.AddField(
            model_name="story",
            name="source_counts",
            field=models.JSONField(default=dict, editable=False, serialize=False),
        ),
        migrations.AddField(
            model_name="story",
            name="update_count",
            field=models.PositiveIntegerField(default=0, editable=False, serialize=False),
        ),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
