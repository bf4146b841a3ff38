"""Tell listeners that a story changed, at commit and never after a rollback.

PostgreSQL carries it between processes (`NOTIFY liveblog, '<story id>:<revision>'`);
on SQLite each process hears its own bell. The bell only wakes: the database is the truth.
"""

from collections.abc import Callable

from django.db import connection, transaction

CHANNEL = "liveblog"

listeners: list[Callable[[int, int], None]] = []


def notify_change(story_id: int, revision: int) -> None:
    """Announce a revision of a story; call inside the transaction that makes it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{story_id}:{revision}"])
    else:
        transaction.on_commit(lambda: _notify_this_process(story_id, revision))


def _notify_this_process(story_id: int, revision: int) -> None:
    for listener in listeners:
        listener(story_id, revision)
