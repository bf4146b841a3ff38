"""How many readers follow a story now, on all servers, and when they were sent its last change."""

import json
import time
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

CHANNEL = "liveblog_readers"
GONE_AFTER = 15  # seconds without a word from a server
PART = 100  # stories in one notification, which PostgreSQL bounds at 8,000 bytes


class StoryReaders(NamedTuple):
    """A story's open streams at one server, and the last revision that they were sent."""

    streams: int
    revision: int = 0
    sent_at: float = 0  # seconds since 1970


_servers: dict[tuple[str, int], tuple[float, dict[int, StoryReaders]]] = {}


def announce(server: str, followed: dict[int, tuple]) -> None:
    """Record this server's readers by story, and send them to the other servers."""
    stories = [[pk, *each] for pk, each in sorted(followed.items())]
    for part in range(max(1, -(-len(stories) // PART))):
        payload = [server, part, stories[part * PART : (part + 1) * PART]]
        _note(*payload)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(payload)])


def receive(payload: str) -> None:
    """Record the readers of any server, this one included."""
    _note(*json.loads(payload))


def count(story_id: int) -> int:
    """Return how many streams of a story are open on all servers."""
    return sum(each.streams for each in _of_all_servers(story_id))


def sent_at(story_id: int, revision: int) -> datetime | None:
    """Return when the last of the servers sent its readers a revision; None where none did."""
    moments = [each.sent_at for each in _of_all_servers(story_id) if each.revision == revision]
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


def _of_all_servers(story_id):
    now = time.monotonic()
    recent = [followed for at, followed in list(_servers.values()) if now - at < GONE_AFTER]
    return [followed[story_id] for followed in recent if story_id in followed]


def _note(server, part, stories):
    followed = {int(pk): StoryReaders(*figures) for pk, *figures in stories}
    _servers[(server, part)] = (time.monotonic(), followed)
