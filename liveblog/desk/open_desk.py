"""One desk that somebody has open, and the events that wait to be sent to it."""

import asyncio
import json

from .visitor import Visitor

MOST_WAITING = 500  # events waiting for one desk; more, and it comes back


class OpenDesk:
    """One open desk: its person, its position, and the events queued for it."""

    def __init__(self, visitor: Visitor, position: str):
        self.visitor, self.position = visitor, position
        self.events: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.shown: dict[str, dict] = {}  # the last presence and health that were pushed

    def push(self, name: str, data: dict, *, id: str = "") -> None:
        """Queue an event; a desk that reads none for too long is closed."""
        if self.events.qsize() > MOST_WAITING:
            self.finish()
            return
        line = f"id: {id}\n" if id else ""
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        self.events.put_nowait(f"event: {name}\n{line}data: {body}\n\n".encode())

    def push_if_new(self, name: str, data: dict) -> None:
        if self.shown.get(name) != data:
            self.shown[name] = data
            self.push(name, data)

    def finish(self, name: str = "", data: dict | None = None) -> None:
        if name:
            self.push(name, data or {})
        self.events.put_nowait(None)
