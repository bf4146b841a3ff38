"""The locks of stories: a transaction that writes into one holds it until its end."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from liveblog.models import Story, Update
from liveblog.queries.plain_sql import update_statement
from liveblog.round_trips import read
from liveblog.sql_rows import columns_of, instances_of

from .errors import Busy, Refused

# Plain SQL, since every verb begins with it and Django takes longer to write it than the database
# to run it. `has_webhooks` lets a publication ask for webhooks only where there are some.
LOCK = """SELECT {columns}, EXISTS (
        SELECT 1 FROM liveblog_webhook WHERE story_id IS NULL OR story_id = story.id
    ) AS has_webhooks
    FROM liveblog_story AS story WHERE story.id IN ({ids}) ORDER BY story.id"""


@contextmanager
def locked(ids: Iterable[int]) -> Iterator[list[Story]]:
    """Lock stories in one transaction; raises `Busy` as `lock_stories` does."""
    with transaction.atomic():
        yield lock_stories(ids)


@contextmanager
def locked_one(story: Story | int) -> Iterator[Story]:
    """Lock one story; raises `Refused` where it was deleted meanwhile."""
    with locked([getattr(story, "pk", story)]) as stories:
        yield _the_one(stories)


@contextmanager
def locked_with(update: Update) -> Iterator[tuple[Story, Update | None]]:
    """Lock an update's story, and read the update's row: as it is once the lock is held."""
    statement = update_statement(update.pk)
    with transaction.atomic():
        stories, [found] = _lock([update.story_id], statement)
        rows = instances_of(Update, found)
        yield _the_one(stories), next(iter(rows), None)


def _the_one(stories):
    if not stories:
        raise Refused(_("This story does not exist any more."))
    return stories[0]


def lock_stories(ids: Iterable[int]) -> list[Story]:
    """Read stories under their locks, in key order, so that no two changes wait for each other.

    On PostgreSQL the row lock, on SQLite the IMMEDIATE transaction keeps every other
    writer of a story waiting, so revisions come gapless and in commit order. Raises
    `Busy` when a lock can't be had within the database's timeout.
    """
    keys = list(ids)
    return _lock(keys)[0] if keys else []


def _lock(keys, *statements) -> tuple[list[Story], list[list[tuple]]]:
    """Lock stories, and then run statements that read; returns what all of them found."""
    try:
        rows, *found = read([(_lock_sql(len(keys)), keys), *statements])
    except OperationalError as error:
        raise Busy(_("The story is busy. Your text is kept: try again.")) from error
    return instances_of(Story, rows, columns=(*columns_of(Story), "has_webhooks")), found


def _lock_sql(count):
    columns = ", ".join(f"story.{each}" for each in columns_of(Story))
    sql = LOCK.format(columns=columns, ids=", ".join(["%s"] * count))
    return f"{sql} FOR UPDATE OF story" if connection.features.has_select_for_update_of else sql
