"""How many readers follow a story now, summed over all servers."""

import json
import time

from django.db import connection

CHANNEL = "liveblog_readers"
GONE_AFTER = 15  # seconds without a word from a server
PART = 300  # stories in one notification, which PostgreSQL bounds at 8,000 bytes

_counts: dict[tuple[str, int], tuple[float, dict[int, int]]] = {}


def announce(server: str, counts: dict[int, int]) -> None:
    """Record this server's open streams by story, and send them to the other servers."""
    stories = sorted(counts.items())
    for part in range(max(1, -(-len(stories) // PART))):
        payload = [server, part, stories[part * PART : (part + 1) * PART]]
        _note(*payload)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(payload)])


def receive(payload: str) -> None:
    """Record the counts of any server, this one included."""
    _note(*json.loads(payload))


def count(story_id: int) -> int:
    """Return how many streams of a story are open on all servers."""
    now = time.monotonic()
    recent = [counts for at, counts in list(_counts.values()) if now - at < GONE_AFTER]
    return sum(counts.get(story_id, 0) for counts in recent)


def _note(server, part, counts):
    _counts[(server, part)] = (time.monotonic(), {int(pk): n for pk, n in counts})
