"""What every open stream needs of its connection, and short answers; knows no Django."""

import asyncio
import json
import socket
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs

SILENCE = 45_000  # milliseconds in which a reader must acknowledge something: three beats
TCP_USER_TIMEOUT = getattr(socket, "TCP_USER_TIMEOUT", 18)  # RFC 5482; Python has it on Linux

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"access-control-allow-origin", b"*"),  # a frame in a sandbox has no origin; as changes/
]


def abort_of(send) -> Callable[[], None]:
    """Return a function that drops a connection at once, with what a slow reader has not read."""
    task, transport = asyncio.current_task(), _transport(send)

    def cut():
        task.cancel()
        if transport:
            transport.abort()

    return cut


def bound_silence(send) -> None:
    """Set a timeout for a client that vanished: by default the system waits 15 minutes."""
    transport = _transport(send)
    if transport is None or transport.is_closing():  # its socket has no descriptor any more
        return
    connection = transport.get_extra_info("socket")
    if connection and connection.family in {socket.AF_INET, socket.AF_INET6}:
        connection.setsockopt(socket.IPPROTO_TCP, TCP_USER_TIMEOUT, SILENCE)


def _transport(send):
    """Return uvicorn's transport, which ASGI does not name; None under another server."""
    return getattr(getattr(send, "__self__", None), "transport", None)


def cursor_text(scope) -> str:
    """Read a reader's cursor: `Last-Event-ID`, else `?after=`; empty where they send neither."""
    for name, value in scope["headers"]:
        if name == b"last-event-id" and value:
            return value.decode("latin-1")
    return parse_qs(scope["query_string"].decode("latin-1")).get("after", [""])[0]


async def refuse(scope, send, status: int, reason: bytes, *headers: tuple[bytes, bytes]) -> None:
    """Answer with an error: programs read it as `application/problem+json` (RFC 9457)."""
    if not scope["path"].startswith("/api/"):
        await answer(send, status, reason, *headers)
        return
    title = HTTPStatus(status).phrase
    problem = {"type": "about:blank", "title": title, "status": status, "detail": reason.decode()}
    body = json.dumps(problem).encode()
    await answer(send, status, body, *headers, media_type=b"application/problem+json")


async def answer(
    send,
    status: int,
    body: bytes,
    *headers: tuple[bytes, bytes],
    media_type=b"text/plain; charset=utf-8",
    is_head: bool = False,
) -> None:
    """Send one short answer; to a HEAD request its headers alone."""
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", media_type),
                (b"content-length", b"%d" % len(body)),
                (b"cache-control", b"no-store"),
                (b"x-content-type-options", b"nosniff"),
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": b"" if is_head else body})
