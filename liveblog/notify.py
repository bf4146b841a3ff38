"""Notifications of changes: sent at commit, and never after a rollback.

PostgreSQL carries them between processes: `NOTIFY liveblog, '<story id>:<revision>'`, with
`:removal` after it where something was taken from readers, and `NOTIFY liveblog_desk,
'<story id>'` for desks, which drafts change too. On SQLite each process notifies itself.
A notification only wakes: the database is the truth.
"""

from collections.abc import Callable
from functools import partial

from django.db import connection, transaction

CHANNEL = "liveblog"
DESK_CHANNEL = "liveblog_desk"
TOKEN_CHANNEL = "liveblog_tokens"  # noqa: S105 # nosec B105 # a name

listeners: list[Callable[[int, int, bool], None]] = []  # story id, revision, is it a removal
desk_listeners: list[Callable[[int], None]] = []
token_listeners: list[Callable[[], None]] = []


def notification_of(
    story_id: int, revision: int | None, *, is_removal: bool = False
) -> list[tuple[str, list]]:
    """Announce new history of a story to desks, and a revision also to what serves readers.

    Call inside the transaction that makes it, and run the statements that are returned, if any.
    """
    if connection.vendor == "postgresql":
        return [_statement(story_id, revision, is_removal)]
    transaction.on_commit(partial(_call, desk_listeners, story_id))
    if revision is not None:
        transaction.on_commit(partial(_call, listeners, story_id, revision, is_removal))
    return []


def notify_tokens() -> None:
    """Announce that a token was revoked; call inside the transaction that does it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [TOKEN_CHANNEL])
    transaction.on_commit(partial(_call, token_listeners))


def read_change(payload: str) -> tuple[int, int, bool]:
    """Read what was sent to `CHANNEL`; raises `ValueError` where somebody else sent it."""
    story_id, _, rest = payload.partition(":")
    revision, _, mark = rest.partition(":")
    return int(story_id), int(revision), mark == "removal"


def _statement(story_id, revision, is_removal):
    messages = [DESK_CHANNEL, str(story_id)]
    if revision is not None:
        messages += [CHANNEL, f"{story_id}:{revision}" + (":removal" if is_removal else "")]
    calls = ", ".join(["pg_notify(%s, %s)"] * (len(messages) // 2))
    return f"SELECT {calls}", messages


def _call(called, *arguments):
    for listener in called:
        listener(*arguments)
