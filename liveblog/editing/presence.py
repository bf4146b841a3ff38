"""Who is at which story's desk, and who is editing which update: in memory, never in a table.

Each open desk and form sends a beat every few seconds. On PostgreSQL a beat goes to the other
servers by NOTIFY, which writes no row; on SQLite one server is the rule, and two know
only of those who beat at them. A stale save is refused by the database in any case.
"""

import json
import time
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from liveblog.accounts import name_of

CHANNEL = "liveblog_editing"
BEAT = 4  # seconds between a form's beats
GONE_AFTER = 12  # three beats missed
# Browsers let a hidden page's timers run once a minute: two of those beats missed.
GONE_AFTER_UNSAVED = 130
TAKEN_FOR = 60  # seconds for which desks show that an update was taken over


@dataclass(frozen=True)
class Seen:
    """A user at a desk or form: when last seen, in which story, with unsaved text or not."""

    name: str
    at: float
    story_id: int | None = None
    is_unsaved: bool = False


_editing: dict[str, dict[int, Seen]] = defaultdict(dict)
_taken: dict[str, tuple[int, Seen]] = {}


def beat(key, user, story_id: int | None = None, *, is_unsaved: bool = False) -> list[str]:
    """Record that the user has an update or a story's form open; return the others who do.

    `is_unsaved` keeps the user named for longer: their page may be hidden.
    """
    announce([[str(key), user.pk, name_of(user), story_id, is_unsaved]])
    people = list(_editing[str(key)].items())
    return sorted(seen.name for pk, seen in people if pk != user.pk)


def leave(update_id, user) -> None:
    """Record that the user has closed the form."""
    _editing[str(update_id)].pop(user.pk, None)
    _send(["leave", str(update_id), user.pk])


def take_over(update_id, user, story_id: int) -> None:
    """Let the user continue an update that others have open: their forms close."""
    _note_takeover(str(update_id), user.pk, name_of(user), story_id)
    _send(["take", str(update_id), user.pk, name_of(user), story_id])


def announce(beats: list[list]) -> None:
    """Record this server's beats, and send them to the other servers."""
    for each in beats:
        _note(*each)
        _send(each)


def receive(payload: str) -> None:
    """Record a message from any server, this one included."""
    kind, *values = json.loads(payload)
    if kind == "leave":
        _editing[values[0]].pop(values[1], None)
    elif kind == "take":
        _note_takeover(*values)
    else:
        _note(kind, *values)


def story_key(story_id: int) -> str:
    """Return the key of a story's own form."""
    return f"story:{story_id}"


def desk_key(story_id: int) -> str:
    return f"desk:{story_id}"


def at_desk(story_id: int) -> dict[int, str]:
    """Return the people at a story's desks, by their keys."""
    _forget()
    return {pk: seen.name for pk, seen in list(_editing[desk_key(story_id)].items())}


def editing_in(story_id: int) -> dict[str, dict[int, str]]:
    """Return who has which update of a story open."""
    _forget()
    return {
        key: {pk: seen.name for pk, seen in people.items()}
        for key, people in list(_editing.items())
        if not key.startswith("desk:")
        and any(seen.story_id == story_id for seen in list(people.values()))
    }


def taken_in(story_id: int) -> dict[str, dict]:
    """Return which updates of a story were just taken over, and by whom."""
    return {
        key: {"id": pk, "name": seen.name}
        for key, (pk, seen) in list(_taken.items())
        if seen.story_id == story_id
    }


def _note(key, pk, name, story_id=None, is_unsaved=False):
    _forget()
    _editing[key][pk] = Seen(name, time.monotonic(), story_id, is_unsaved)


def _note_takeover(key, pk, name, story_id):
    seen = Seen(name, time.monotonic(), story_id)
    _taken[key] = (pk, seen)
    _editing[key] = {pk: seen}


def _forget():
    """Drop stale entries; other threads may add some meanwhile, hence the copies."""
    now = time.monotonic()
    for key, people in list(_editing.items()):
        for pk, seen in list(people.items()):
            if now - seen.at >= (GONE_AFTER_UNSAVED if seen.is_unsaved else GONE_AFTER):
                people.pop(pk, None)
        if not people:
            _editing.pop(key, None)
    for key, (_pk, seen) in list(_taken.items()):
        if now - seen.at >= TAKEN_FOR:
            _taken.pop(key, None)


def _send(message):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(message)])
