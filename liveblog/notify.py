"""Notifications of changes: sent at commit, and never after a rollback.

PostgreSQL carries them between processes (`NOTIFY liveblog, '<story id>:<revision>'`, and
`NOTIFY liveblog_desk, '<story id>'` for desks, which drafts change too); on SQLite each
process notifies itself. A notification only wakes: the database is the truth.
"""

from collections.abc import Callable
from functools import partial

from django.db import connection, transaction

CHANNEL = "liveblog"
DESK_CHANNEL = "liveblog_desk"

listeners: list[Callable[[int, int], None]] = []
desk_listeners: list[Callable[[int], None]] = []


def notify_change(story_id: int, revision: int | None) -> None:
    """Announce new history of a story to desks, and a revision also to what serves readers.

    Call inside the transaction that makes it.
    """
    announced = [(DESK_CHANNEL, desk_listeners, (story_id,))]
    if revision is not None:
        announced.append((CHANNEL, listeners, (story_id, revision)))
    if connection.vendor == "postgresql":
        _send([(channel, ":".join(map(str, values))) for channel, _, values in announced])
    else:
        for _, called, values in announced:
            transaction.on_commit(partial(_call, called, values))


def _send(messages):
    """Send all in one round trip."""
    calls = ", ".join(["pg_notify(%s, %s)"] * len(messages))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [each for message in messages for each in message])


def _call(called, values):
    for listener in called:
        listener(*values)
