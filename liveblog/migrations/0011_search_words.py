"""Keep the words by which rows are found beside them, the same in every database.

What PostgreSQL's triggers kept before, in the forms of the story's language and by the
rules of the database's locale, goes. An index over the words helps PostgreSQL to find rows.
"""

from importlib import import_module

from django.db import migrations

import liveblog.models.searched
from liveblog.richtext import to_plain_text
from liveblog.search_words import search_words

BATCH = 500
TEXTS = {
    "story": lambda row: (row.headline, f"{row.kicker} {row.standfirst}"),
    "update": lambda row: (row.headline, to_plain_text(row.body)),
    "picture": lambda row: (row.alt, row.caption),
    "source": lambda row: (row.name, row.credit_line),
}
INDEX = """
ALTER TABLE liveblog_{table} ADD COLUMN search tsvector GENERATED ALWAYS AS (
    array_to_tsvector(string_to_array(btrim(search_words, ' '), ' '))
) STORED;
CREATE INDEX liveblog_{table}_search ON liveblog_{table} USING gin (search);
"""
before = import_module("liveblog.migrations.0006_search")


def fill(apps, schema_editor):
    for name, texts in TEXTS.items():
        model = apps.get_model("liveblog", name)
        rows = []
        for row in model.objects.order_by().iterator(BATCH):
            row.search_words = search_words(*texts(row))
            rows.append(row)
            if len(rows) == BATCH:
                model.objects.bulk_update(rows, ["search_words"])
                rows.clear()
        model.objects.bulk_update(rows, ["search_words"])


def index(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    before.forget_what_is_searched(apps, schema_editor)
    for table in ("story", "update"):
        schema_editor.execute(INDEX.format(table=table), params=None)


def index_as_before(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in ("story", "update"):
        schema_editor.execute(f"ALTER TABLE liveblog_{table} DROP COLUMN search", params=None)
    before.keep_what_is_searched(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("liveblog", "0010_story_uid")]

    operations = [
        *[
            migrations.AddField(
                model_name=name,
                name="search_words",
                field=liveblog.models.searched.SearchWordsField(
                    default="", editable=False, serialize=False
                ),
            )
            for name in TEXTS
        ],
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(index, index_as_before),
    ]
