"""A story's stream as another server sends it, read into revisions; knows no Django."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

import httpx

SILENCE = 35.0  # seconds; the upstream beats every 15
CONNECT = 10.0  # seconds until a connection counts as failed
ENDS = {"reload", "gone"}


@dataclass(frozen=True)
class Event:
    """One server-sent event: its name, its id, its data, and its bytes as they came."""

    name: str
    id: str
    data: str
    raw: bytes

    @property
    def cursor(self) -> str:
        """Return the cursor that the event names, in its id or its data."""
        return self.id or (json.loads(self.data).get("cursor", "") if self.name == "beat" else "")


class Refused(Exception):
    """The upstream answered something else than a stream."""

    def __init__(self, status: int, location: str):
        super().__init__(f"The upstream answered {status}.")
        self.status, self.location = status, location


def revision_of(cursor: str) -> int:
    """Return the revision of `<epoch>-<revision>`; raises ValueError for anything else."""
    return int(cursor.rpartition("-")[2])


async def read_events(client: httpx.AsyncClient, path: str, cursor: str) -> AsyncIterator[Event]:
    """Yield a stream's events, from `cursor` on or from now; raises `Refused`, httpx.HTTPError."""
    headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"}
    if cursor:
        headers["Last-Event-ID"] = quote(cursor)  # anybody may send what no header can hold
    async with client.stream("GET", path, headers=headers) as response:
        if response.status_code != 200:
            raise Refused(response.status_code, response.headers.get("location", ""))
        buffer = b""
        async for piece in response.aiter_bytes():
            *blocks, buffer = (buffer + piece).split(b"\n\n")
            for block in blocks:
                if event := parse_event(block):
                    yield event


def parse_event(block: bytes) -> Event | None:
    """Read one block of lines; None for one without a name, such as `retry:`."""
    fields = {}
    for line in block.decode().split("\n"):
        name, _, value = line.partition(":")
        fields[name] = value.removeprefix(" ")
    if "event" not in fields:
        return None
    return Event(fields["event"], fields.get("id", ""), fields.get("data", ""), block + b"\n\n")


def make_client(upstream: str) -> httpx.AsyncClient:
    """Return what keeps connections to the upstream, one for each story with readers."""
    timeout = httpx.Timeout(CONNECT, read=SILENCE)
    limits = httpx.Limits(max_connections=None)
    return httpx.AsyncClient(base_url=upstream, timeout=timeout, limits=limits)
