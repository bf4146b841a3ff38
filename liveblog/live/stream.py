"""`/live/<slug>/stream`: a story's changes as server-sent events, in raw ASGI.

No view, no thread and no database connection is held by an open stream.
"""

import asyncio

from django.db import Error as DatabaseError

from liveblog.models import Story
from liveblog.queries.changes import Cursor

from .connection import HEADERS, abort_of, answer, bound_silence, cursor_text
from .hub import Hub
from .subscriber import Subscriber

NEVER = Cursor("-", 0)  # of no story: whoever sends rubbish must load the page anew

AWAY = b"The site is away. Come back in a moment."


async def serve_stream(hub: Hub, slug: str, scope, receive, send) -> None:
    """Answer one reader for as long as they stay."""
    if scope["http_version"] == "1.0":  # no chunks: a cut event would look like a whole one
        await answer(send, 505, b"A stream needs HTTP/1.1.")
        return
    await hub.admissions.wait()
    try:
        channel = None if hub.is_away else await hub.find(slug)
    except DatabaseError:
        hub.is_away, channel = True, None
    if hub.is_away:
        await answer(send, 503, AWAY, (b"retry-after", b"10"))
    elif channel is None:
        await answer(send, 404, b"There is no such story.")
    elif isinstance(channel, Story) and _is_held_elsewhere(hub, scope):
        await hub.proxy.let_go(channel, send)
    elif isinstance(channel, Story):
        await _answer_moved_or_gone(channel, scope, send)
    elif hub.is_closing:
        await answer(send, 503, b"Come back in a moment.", (b"retry-after", b"2"))
    elif _is_held_elsewhere(hub, scope):
        await _hold(hub, channel, scope, send)
    else:
        await _stream(hub, channel, scope, receive, send)


def _is_held_elsewhere(hub, scope):
    return hub.proxy and scope["method"] == "GET" and hub.proxy.has_signed(scope)


async def _stream(hub, channel, scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    if scope["method"] == "HEAD":
        await send({"type": "http.response.body", "body": b""})
        return
    reader = Subscriber(send, abort_of(send))
    bound_silence(send)
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


async def _hold(hub, channel, scope, send):
    try:
        await hub.proxy.hold(channel, read_cursor(scope), send)
    except DatabaseError:
        await answer(send, 503, AWAY, (b"retry-after", b"10"))


def read_cursor(scope) -> Cursor | None:
    """Read the position of a reader; None where they do not say."""
    text = cursor_text(scope)
    return (Cursor.parse(text) or NEVER) if text else None


async def _answer_moved_or_gone(story, scope, send):
    if not story.is_public:
        await answer(send, 410, b"This story was withdrawn.")
        return
    query = scope["query_string"]
    address = f"/live/{story.slug}/stream".encode() + (b"?" + query if query else b"")
    await answer(send, 301, b"", (b"location", address))
