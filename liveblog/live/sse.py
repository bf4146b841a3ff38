"""Changes as server-sent events (HTML standard, 9.2)."""

import json
import random

from django.utils import timezone

from liveblog.queries.changes import Changes
from liveblog.rendering import render_changes

RELOAD = b"event: reload\ndata: {}\n\n"
GONE = b"event: gone\ndata: {}\n\n"


def encode_changes(changes: Changes) -> list[tuple[int, bytes]]:
    """Write each change as an event; the last one of a revision carries the cursor as its id.

    Returns each revision with its events.
    """
    rendered = render_changes(changes, now=timezone.now())
    by_revision: dict[int, list[dict]] = {}
    for change in rendered:
        by_revision.setdefault(change["revision"], []).append(change)
    if by_revision:  # with the last of them the reader has all that there was to tell
        by_revision[changes.revision] = by_revision.pop(max(by_revision))
    return [
        (revision, _revision(told, f"{changes.story.epoch}-{revision}"))
        for revision, told in by_revision.items()
    ]


def _revision(changes: list[dict], cursor: str) -> bytes:
    *first, last = changes
    return b"".join([*(_event("change", each) for each in first), _event("change", last, cursor)])


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
