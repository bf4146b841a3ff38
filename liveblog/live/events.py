"""Changes as server-sent events (HTML standard, 9.2)."""

import json
import random

from liveblog.models.changes import Changes
from liveblog.rendering import render_changes

RELOAD = b"event: reload\ndata: {}\n\n"
GONE = b"event: gone\ndata: {}\n\n"


def encode_changes(changes: Changes) -> bytes:
    """Write each change as an event; the last one of a revision carries the cursor as its id.

    Revisions newer than the story's row are sent under the row's cursor: they may be
    incomplete, and come again.
    """
    rendered = render_changes(changes)
    events = []
    for place, change in enumerate(rendered):
        revision = min(change["revision"], changes.revision)
        last = place + 1 == len(rendered)
        following = None if last else min(rendered[place + 1]["revision"], changes.revision)
        if last:
            events.append(_event("change", change, changes.cursor))
        elif following != revision:
            events.append(_event("change", change, f"{changes.story.epoch}-{revision}"))
        else:
            events.append(_event("change", change))
    return b"".join(events)


def beat(cursor: str) -> bytes:
    """Tell an open page that the line stands, and where it should be by now."""
    return _event("beat", {"cursor": cursor})


def retry(seconds: float, spread: float) -> bytes:
    """Tell a reader when to come back after a lost line, each another moment."""
    return b"retry: %d\n\n" % (1000 * (seconds + random.uniform(0, spread)))  # noqa: S311


def _event(name: str, data: dict, cursor: str | None = None) -> bytes:
    id_line = f"id: {cursor}\n" if cursor else ""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\n{id_line}data: {body}\n\n".encode()
