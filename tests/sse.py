"""A reader of server-sent events that tests hold open (HTML standard, 9.2)."""

import json
import threading
import time
from dataclasses import dataclass, field

import httpx


@dataclass
class Event:
    """One event: its name, its data as JSON, and the id it carried."""

    name: str = "message"
    data: dict = field(default_factory=dict)
    id: str = ""


class Subscriber:
    """An open stream, read in a thread of its own."""

    def __init__(self, url: str, *, cursor: str = "", headers: dict | None = None):
        self.url, self.cursor = url, cursor
        self.events: list[Event] = []
        self.status: int | None = None
        self.is_open = True
        self._headers = dict(headers or {})
        if cursor:
            self._headers["Last-Event-ID"] = cursor
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        self._wait(lambda: self.status is not None or not self.is_open, 30)

    def _read(self):
        try:
            with httpx.stream("GET", self.url, headers=self._headers, timeout=60) as response:
                self.status = response.status_code
                for line in response.iter_lines():
                    self._take(line)
        except httpx.HTTPError:
            pass  # the server went: what a reader sees as a lost line
        finally:
            self.is_open = False

    _event: Event | None = None

    def _take(self, line):
        name, _, value = line.partition(": ")
        self._event = self._event or Event()
        if name == "event":
            self._event.name = value
        elif name == "data":
            self._event.data = json.loads(value)
        elif name == "id":
            self._event.id = value
        elif not line:
            if self._event.data or self._event.name != "message":
                self.events.append(self._event)
            self.cursor = self._event.id or self.cursor
            self._event = None

    def changes(self) -> list[dict]:
        return [event.data for event in self.events if event.name == "change"]

    def wait_for(self, name: str, count: int = 1, seconds: float = 8) -> list[Event]:
        """Wait until so many events of a name have come; returns them."""

        def found():
            return [event for event in self.events if event.name == name]

        self._wait(lambda: len(found()) >= count, seconds)
        assert len(found()) >= count, [event.name for event in self.events]
        return found()

    def wait_for_cursor(self, cursor: str, seconds: float = 8) -> None:
        """Wait until a beat has named a cursor."""

        def found():
            return any(each.data.get("cursor") == cursor for each in self.events)

        self._wait(found, seconds)
        assert found(), self.events[-3:]

    def wait_for_end(self, seconds: float = 8) -> None:
        self._wait(lambda: not self.is_open, seconds)
        assert not self.is_open

    @staticmethod
    def _wait(condition, seconds):
        until = time.monotonic() + seconds
        while not condition() and time.monotonic() < until:
            time.sleep(0.02)
