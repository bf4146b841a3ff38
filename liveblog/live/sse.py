"""Changes as server-sent events (HTML standard, 9.2)."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

from django.utils import timezone

from liveblog.queries.changes import Changes
from liveblog.release import release
from liveblog.rendering import render_changes

RELOAD = b"event: reload\ndata: {}\n\n"
GONE = b"event: gone\ndata: {}\n\n"

Parts = Mapping[str, str]  # the HTML of each region of a story's page: `parts` in answers


@dataclass(frozen=True)
class Revision:
    """The events of one revision.

    `whole` has all parts of the story, for readers at any cursor; `difference` those alone
    that differ from what readers at the beginning of the batch have.
    """

    number: int
    whole: bytes
    difference: bytes


def encode_changes(changes: Changes, shown: Parts | None) -> tuple[list[Revision], Parts | None]:
    """Write each change as an event; the last one of a revision carries the cursor as its id.

    `shown` are the story's parts as readers have them, where that is known. Returns each
    revision with its events, and the story's parts where they changed.
    """
    rendered = render_changes(changes, now=timezone.now())
    by_revision: dict[int, list[dict]] = {}
    for change in rendered:
        by_revision.setdefault(change["revision"], []).append(change)
    if by_revision:  # the last events bring the reader up to the story's own revision
        by_revision[changes.revision] = by_revision.pop(max(by_revision))
    goes_on = "-0" if changes.is_from_start and changes.more else ""
    parts = next((change["parts"] for change in rendered if change["type"] == "story"), None)
    revisions = [
        _encode_revision(number, each, f"{changes.story.epoch}-{number}{goes_on}", shown)
        for number, each in by_revision.items()
    ]
    return revisions, parts


def _encode_revision(number, changes, cursor, shown):
    whole = _events(changes, cursor)
    if shown is None or changes[-1]["type"] != "story":
        return Revision(number, whole, whole)
    *updates, story = changes
    parts = {name: html for name, html in story["parts"].items() if html != shown.get(name)}
    return Revision(number, whole, _events([*updates, {**story, "parts": parts}], cursor))


def _events(changes: list[dict], cursor: str) -> bytes:
    *first, last = changes
    return b"".join([*(_event("change", each) for each in first), _event("change", last, cursor)])


def beat(cursor: str) -> bytes:
    """Tell an open page that the connection works, its newest cursor, the time, the release."""
    now = timezone.now().astimezone(UTC).isoformat(timespec="milliseconds")
    data = {"cursor": cursor, "time": now.replace("+00:00", "Z"), "release": release()}
    return _event("beat", data)


def retry(seconds: float, spread: float) -> bytes:
    """Tell a reader when to come back after a lost connection, each another moment."""
    return b"retry: %d\n\n" % (1000 * (seconds + random.uniform(0, spread)))  # noqa: S311 # nosec B311 # spreads retries


def _event(name: str, data: dict, cursor: str | None = None) -> bytes:
    id_line = f"id: {cursor}\n" if cursor else ""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\n{id_line}data: {body}\n\n".encode()
