"""`/live/<slug>/stream`: a story's changes as server-sent events, in raw ASGI.

No view, no thread and no database connection stands behind an open stream.
"""

import asyncio
from urllib.parse import parse_qs

from liveblog.models import Story
from liveblog.models.changes import Cursor

from .hub import Hub
from .reader import Reader

NEVER = Cursor("-", 0)  # a cursor of no story: rubbish is told to load the page anew

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"access-control-allow-origin", b"*"),  # a frame in a sandbox has no origin; as changes/
]


async def serve_stream(hub: Hub, slug: str, scope, receive, send) -> None:
    """Answer one reader for as long as they stay."""
    channel = await hub.find(slug)
    if channel is None:
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
    reader = Reader(send, asyncio.current_task().cancel)
    try:
        await hub.join(channel, reader, read_cursor(scope))
        while (await receive())["type"] != "http.disconnect":
            pass
    except asyncio.CancelledError:
        hub.cut += 1
        return  # cut off: too slow, or the server goes
    finally:
        hub.leave(channel, reader)


def read_cursor(scope) -> Cursor | None:
    """Read where a reader stands: `Last-Event-ID`, else `?after=`; None where they say neither."""
    for name, value in scope["headers"]:
        if name == b"last-event-id" and value:
            return Cursor.parse(value.decode("latin-1")) or NEVER
    query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=50)
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
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
