"""The limit of reconnecting: plain ASGI that sends whoever comes the same last event."""

import asyncio
import os
from pathlib import Path

EVENT = Path(os.environ["LIMIT_BODY"]).read_bytes()
HEADERS = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]


async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": EVENT, "more_body": True})
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    except asyncio.CancelledError:
        return
