"""Notifications of changes: sent at commit, and never after a rollback.

PostgreSQL carries them between processes (`NOTIFY liveblog, '<story id>:<revision>'`, and
`NOTIFY liveblog_desk, '<story id>'` for desks, which drafts change too); on SQLite each
process notifies itself. A notification only wakes: the database is the truth.
"""

from collections.abc import Callable

from django.db import connection, transaction

CHANNEL = "liveblog"
DESK_CHANNEL = "liveblog_desk"

listeners: list[Callable[[int, int], None]] = []
desk_listeners: list[Callable[[int], None]] = []


def notify_change(story_id: int, revision: int) -> None:
    """Announce a revision of a story; call inside the transaction that makes it."""
    _notify(CHANNEL, f"{story_id}:{revision}", listeners, story_id, revision)


def notify_desks(story_id: int) -> None:
    """Announce new history of a story, drafts among it; call inside the transaction."""
    _notify(DESK_CHANNEL, str(story_id), desk_listeners, story_id)


def _notify(channel, payload, called, *arguments):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])
    else:
        transaction.on_commit(lambda: [listener(*arguments) for listener in called])
