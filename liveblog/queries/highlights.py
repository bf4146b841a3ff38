"""The updates of stories that their pages name outside the list of updates.

Plain SQL, since Django takes longer to write it than the database to run it, and one
statement for any number of stories. `tests/queries/test_plain_sql.py` compares it to the ORM's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from liveblog.models.update import Update
from liveblog.sql_rows import instance_of

KEY_EVENTS = 40
NEWEST = 8  # of which the front page shows five
HEADLINES = 8  # in the rail of a story without key events
OLDEST_PAGE = 20  # updates on the page where a story begins

COLUMNS = (
    *("id", "story_id", "status", "revision", "number", "published_at"),
    *("headline", "body_html", "verification", "is_key_event", "is_pinned"),
)
ID, REVISION = COLUMNS.index("id"), COLUMNS.index("revision")
_NAMED_COLUMNS = ", ".join(("highlight", *COLUMNS))
ONE = """SELECT * FROM (
    SELECT '{name}' AS {columns}
    FROM liveblog_update
    WHERE story_id = %s AND status = 'published' AND {condition}
    ORDER BY published_at {order}, number {order}, id {order}
    LIMIT %s OFFSET %s
) AS {name}""".replace("{columns}", _NAMED_COLUMNS)  # nosec B608 # our own names
# One at most, and published: found by its own index. For an order SQLite would read every update.
PINNED = """SELECT * FROM (
    SELECT 'pinned' AS {columns} FROM liveblog_update WHERE story_id = %s AND is_pinned
    LIMIT %s OFFSET %s
) AS pinned""".replace("{columns}", _NAMED_COLUMNS)  # nosec B608 # our own names
KEY = ONE.format(name="key_events", condition="is_key_event = TRUE", order="DESC")
LATEST = ONE.format(name="newest", condition="TRUE", order="DESC")
HEADLINE = ONE.format(name="headlines", condition="headline <> ''", order="DESC")
FIRST = ONE.format(name="first", condition="TRUE", order="ASC")
BEGINNING = ONE.format(name="beginning", condition="TRUE", order="ASC")


@dataclass(frozen=True)
class Highlights:
    """What a story's page names of its updates; lists come newest first.

    `beginning` is the update before which the oldest page ends.
    """

    pinned: Update | None = None
    key_events: list[Update] = field(default_factory=list)
    newest: list[Update] = field(default_factory=list)
    headlines: list[Update] = field(default_factory=list)  # the newest that have one
    first_published_at: datetime | None = None
    beginning: UUID | None = None

    @property
    def updates(self) -> list[Update]:
        """All updates that are named, some of them twice."""
        pinned = [self.pinned] if self.pinned else []
        return [*pinned, *self.key_events, *self.newest, *self.headlines]


def read_highlights(
    story_ids: Iterable[int], *, known: Iterable[Update] = (), key_events: int = KEY_EVENTS
) -> dict:
    """Return the highlights of each story, in one query.

    `known` are highlights read before, in the present epoch of their stories: those that did not
    change are taken as they are, since an instance costs more than reading its row.
    """
    ids = list(story_ids)
    if not ids:
        return {}
    parts, values = [], []
    for id in ids:
        parts += [PINNED, KEY, LATEST, HEADLINE, FIRST, BEGINNING]
        values += [id, 1, 0, id, key_events, 0, id, NEWEST, 0, id, HEADLINES, 0]
        values += [id, 1, 0, id, 1, OLDEST_PAGE]
    found: dict = {id: defaultdict(list) for id in ids}
    updates = {each.pk: each for each in known}
    for name, *row in _read(" UNION ALL ".join(parts), values):
        update = _instance(row, updates)
        found[update.story_id][name].append(update)
    return {id: _highlights(rows) for id, rows in found.items()}


def _read(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _instance(row, updates) -> Update:
    """Return the update of a row: the one that is known of this revision, or it is known now."""
    id = Update._meta.pk.to_python(row[ID])
    if id not in updates or updates[id].revision != row[REVISION]:
        updates[id] = instance_of(Update, row, COLUMNS)
    return updates[id]


def _highlights(rows) -> Highlights:
    first, beginning = rows["first"], rows["beginning"]
    return Highlights(
        pinned=next(iter(rows["pinned"]), None),
        key_events=_newest_first(rows["key_events"]),
        newest=_newest_first(rows["newest"]),
        headlines=_newest_first(rows["headlines"]),
        first_published_at=first[0].published_at if first else None,
        beginning=beginning[0].pk if beginning else None,
    )


def _newest_first(updates):
    """Sort again: a union promises no order."""
    return sorted(updates, key=lambda each: (each.published_at, each.number, each.pk), reverse=True)
