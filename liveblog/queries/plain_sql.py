"""The hottest reads as plain SQL: Django takes longer to write it than the database to run it.

`tests/queries/test_plain_sql.py` compares what they read to the ORM's.
"""

from collections.abc import Sequence

from django.db import connection

from liveblog.models import Story, Update

_KNOWN = ", ".join(f"'{status}'" for status in (*Story.PUBLIC, Story.Status.WITHDRAWN))
_STORY = "SELECT * FROM liveblog_story WHERE {condition}"
_CHANGED = """SELECT * FROM liveblog_update
    WHERE story_id = %s AND number IS NOT NULL AND revision > %s AND revision <= %s
    ORDER BY revision, published_at, number, id LIMIT %s"""
_NEWEST = """SELECT {columns} FROM liveblog_update WHERE story_id = %s AND status = 'published'
    ORDER BY published_at DESC, number DESC, id DESC LIMIT %s"""


def find_story(pk: int) -> Story | None:
    """Read a story's row."""
    return _first(Story.objects.raw(_STORY.format(condition="id = %s"), [pk]))


def find_known_story(slug: str) -> Story | None:
    """Read the row of a story that readers know of."""
    condition = f"slug = %s AND status IN ({_KNOWN})"
    return _first(Story.objects.raw(_STORY.format(condition=condition), [slug]))


def is_at(story: Story) -> bool:
    """Tell whether a story is still where it was when its row was read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM liveblog_story WHERE id = %s AND epoch = %s AND revision = %s",
            [story.pk, story.epoch, story.revision],
        )
        return cursor.fetchone() is not None


def read_changed(story: Story, after: int, *, most: int) -> list[Update]:
    """Read the updates that changed after a revision, in their order, up to the story's own."""
    return list(Update.objects.raw(_CHANGED, [story.pk, after, story.revision, most]))


def read_newest_columns(story: Story, names: Sequence[str], *, most: int) -> list[tuple]:
    """Read some columns of a story's newest published updates."""
    fields = [Update._meta.pk if name == "pk" else Update._meta.get_field(name) for name in names]
    sql = _NEWEST.format(columns=", ".join(field.column for field in fields))
    with connection.cursor() as cursor:
        cursor.execute(sql, [story.pk, most])
        rows = cursor.fetchall()
    return list(zip(*map(_converted, fields, zip(*rows, strict=True)), strict=True))


def _converted(field, values):
    """Convert a column as the ORM does; on PostgreSQL there is nothing to convert."""
    column = field.get_col(field.model._meta.db_table)
    converters = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
    for convert in converters:
        values = [convert(value, column, connection) for value in values]
    return values


def _first(rows):
    return next(iter(rows), None)
