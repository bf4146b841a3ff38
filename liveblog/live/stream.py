"""`/live/<slug>/stream`: a story's changes as server-sent events, in raw ASGI.

No view, no thread and no database connection stands behind an open stream.
"""

import asyncio
import socket
from collections.abc import Callable
from urllib.parse import parse_qs

from django.db import Error as DatabaseError

from liveblog.models import Story
from liveblog.queries.changes import Cursor

from .hub import Hub
from .subscriber import Subscriber

SILENCE = 45_000  # milliseconds in which a reader must acknowledge something: three beats
TCP_USER_TIMEOUT = getattr(socket, "TCP_USER_TIMEOUT", 18)  # RFC 5482; Python has it on Linux
NEVER = Cursor("-", 0)  # a cursor of no story: rubbish is told to load the page anew

AWAY = b"The site is away. Come back in a moment."

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"access-control-allow-origin", b"*"),  # a frame in a sandbox has no origin; as changes/
]


async def serve_stream(hub: Hub, slug: str, scope, receive, send) -> None:
    """Answer one reader for as long as they stay."""
    if scope["http_version"] == "1.0":  # no chunks: a cut event would look like a whole one
        await answer(send, 505, b"A stream needs HTTP/1.1.")
        return
    try:
        channel = None if hub.is_away else await hub.find(slug)
    except DatabaseError:
        hub.is_away, channel = True, None
    if hub.is_away:
        await answer(send, 503, AWAY, (b"retry-after", b"10"))
    elif channel is None:
        await answer(send, 404, b"There is no such story.")
    elif isinstance(channel, Story):
        await _answer_moved_or_gone(channel, scope, send)
    elif hub.is_closing:
        await answer(send, 503, b"Come back in a moment.", (b"retry-after", b"2"))
    else:
        await _stream(hub, channel, scope, receive, send)


async def _stream(hub, channel, scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    if scope["method"] == "HEAD":
        await send({"type": "http.response.body", "body": b""})
        return
    reader = Subscriber(send, _cutter(send))
    _bound_silence(send)
    try:
        await hub.join(channel, reader, read_cursor(scope))
        while (await receive())["type"] != "http.disconnect":
            pass
    except asyncio.CancelledError:
        hub.cut += 1  # too slow, or the server goes
    except DatabaseError:
        reader.finish()  # they come back with their cursor
    finally:
        hub.leave(channel, reader)


def _cutter(send) -> Callable[[], None]:
    """Return what cuts a line at once: the server would wait for what a slow reader never takes."""
    task, transport = asyncio.current_task(), _transport(send)

    def cut():
        task.cancel()
        if transport:
            transport.abort()

    return cut


def _bound_silence(send) -> None:
    """Have the system end a connection whose client vanished: it would wait for 15 minutes."""
    transport = _transport(send)
    if transport is None or transport.is_closing():  # its socket has no descriptor any more
        return
    connection = transport.get_extra_info("socket")
    if connection and connection.family in {socket.AF_INET, socket.AF_INET6}:
        connection.setsockopt(socket.IPPROTO_TCP, TCP_USER_TIMEOUT, SILENCE)


def _transport(send):
    """Return uvicorn's transport, which ASGI has no word for; None under another server."""
    return getattr(getattr(send, "__self__", None), "transport", None)


def read_cursor(scope) -> Cursor | None:
    """Read where a reader stands: `Last-Event-ID`, else `?after=`; None where they say neither."""
    for name, value in scope["headers"]:
        if name == b"last-event-id" and value:
            return Cursor.parse(value.decode("latin-1")) or NEVER
    query = parse_qs(scope["query_string"].decode("latin-1"))
    after = query.get("after", [""])[0]
    return (Cursor.parse(after) or NEVER) if after else None


async def _answer_moved_or_gone(story, scope, send):
    if not story.is_public:
        await answer(send, 410, b"This story was withdrawn.")
        return
    query = scope["query_string"]
    address = f"/live/{story.slug}/stream".encode() + (b"?" + query if query else b"")
    await answer(send, 301, b"", (b"location", address))


async def answer(send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    """Send one short plain answer."""
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", b"%d" % len(body)),
                (b"cache-control", b"no-store"),
                (b"x-content-type-options", b"nosniff"),
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
