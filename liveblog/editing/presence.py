"""Who is editing an update: kept in each server's memory, never in a table.

Each open form beats every few seconds. On PostgreSQL a beat is told to the other
servers by NOTIFY, which writes no row; on SQLite one server is the rule, and two know
only of those who beat at them. A stale save is refused by the database in any case.
"""

import json
import time
from collections import defaultdict

from django.db import connection

CHANNEL = "liveblog_editing"
BEAT = 4  # seconds between a form's beats
GONE_AFTER = 12  # three beats missed

_editing: dict[str, dict[int, tuple[str, float]]] = defaultdict(dict)


def beat(update_id, user) -> list[str]:
    """Note that the user has the update open; return the names of the others who do."""
    name = user.get_full_name() or user.get_username()
    _note(str(update_id), user.pk, name)
    if connection.vendor == "postgresql":
        _tell([str(update_id), user.pk, name])
    people = list(_editing[str(update_id)].items())
    return sorted(name for pk, (name, _at) in people if pk != user.pk)


def hear(payload: str) -> None:
    """Note a beat that was told by any server, this one among them."""
    _note(*json.loads(payload))


def _note(update_id, pk, name):
    _forget()
    _editing[update_id][pk] = (name, time.monotonic())


def _forget():
    """Let go of those who left; other threads may be noting meanwhile."""
    now = time.monotonic()
    for update_id, people in list(_editing.items()):
        for pk, (_name, at) in list(people.items()):
            if now - at >= GONE_AFTER:
                people.pop(pk, None)
        if not people:
            _editing.pop(update_id, None)


def _tell(told):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(told)])
