"""The hottest reads as plain SQL: Django takes longer to write it than the database to run it.

`tests/queries/test_plain_sql.py` compares what they read to the ORM's.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from liveblog.models import Story, Update
from liveblog.round_trips import Statement
from liveblog.sql_rows import column_of, columns_of, load_rows

LARGEST_ID = 2**63 - 1  # SQLite's driver takes no larger number
_KNOWN = ", ".join(f"'{status}'" for status in (*Story.PUBLIC, Story.Status.WITHDRAWN))
_STORY = "SELECT {columns} FROM liveblog_story WHERE {condition}"
_PUBLIC = ", ".join(f"'{status}'" for status in Story.PUBLIC)
_FRONT = """SELECT {columns} FROM liveblog_story WHERE status IN ({public})
    ORDER BY CASE WHEN status = 'live' THEN 0 ELSE 1 END, last_updated_at DESC NULLS LAST, id DESC
    LIMIT %s"""
_CHANGED = """SELECT {columns} FROM liveblog_update
    WHERE story_id = %s AND number IS NOT NULL AND revision > %s AND revision <= %s
    ORDER BY revision, published_at, number, id LIMIT %s"""
_UPDATE = "SELECT {columns} FROM liveblog_update WHERE id = %s"
# A story's history names its recent updates, and has an index: in the updates every row is read.
_RECENT = """SELECT headline, body FROM liveblog_update
    WHERE id IN (
        SELECT update_id FROM (
            SELECT update_id, at FROM liveblog_version
            WHERE story_id = %(story)s ORDER BY id DESC LIMIT %(saved)s
        ) AS newest WHERE at >= %(since)s AND update_id IS NOT NULL
    ) AND (created_at >= %(since)s OR published_at >= %(since)s) AND id <> %(but)s
    ORDER BY created_at DESC LIMIT %(most)s"""
_NEWEST = """SELECT {columns} FROM liveblog_update WHERE story_id = %s AND status = 'published'
    ORDER BY published_at DESC, number DESC, id DESC LIMIT %s"""


def find_story(pk: int) -> Story | None:
    """Read a story's row; None for a number that is too large for any."""
    if pk > LARGEST_ID:
        return None
    return _first(_load(Story, _STORY, [pk], condition="id = %s"))


def find_known_story(slug: str) -> Story | None:
    """Read the row of a story that readers know of."""
    condition = f"slug = %s AND status IN ({_KNOWN})"
    return _first(_load(Story, _STORY, [slug], condition=condition))


def read_front_stories(most: int) -> list[Story]:
    """Read the stories of the front page, in their order."""
    return _load(Story, _FRONT, [most], public=_PUBLIC)


def find_update(pk: UUID) -> Update | None:
    """Read an update's row."""
    return _first(load_rows(Update, *update_statement(pk)))


def update_statement(pk: UUID) -> Statement:
    """Return what reads an update's row."""
    return _UPDATE.format(columns=", ".join(columns_of(Update))), [_id_value(pk)]


class Text(NamedTuple):
    """The words of an update."""

    headline: str
    body: str


def read_recent_texts(
    update: Update, *, since: datetime, most: int, saved: int = 100
) -> list[Text]:
    """Read the words of at most `most` others of an update's story that are new since a moment.

    Its newest `saved` versions are looked through for them.
    """
    values = {
        "story": update.story_id,
        "saved": saved,
        "since": connection.ops.adapt_datetimefield_value(since),
        "but": _id_value(update.pk),
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECENT, values)
        return [Text(*row) for row in cursor.fetchall()]


def _id_value(pk):
    return Update._meta.pk.get_db_prep_value(pk, connection)


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
    return _load(Update, _CHANGED, [story.pk, after, story.revision, most])


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
    column, converters = column_of(field)
    for convert in converters:
        values = [convert(value, column, connection) for value in values]
    return values


def _load(model, sql, values, **parts):
    return load_rows(model, sql.format(columns=", ".join(columns_of(model)), **parts), values)


def _first(rows):
    return next(iter(rows), None)
