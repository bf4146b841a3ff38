"""`…/desk/stream`: what changes on a story's desks as server-sent events, in raw ASGI.

No view and no thread is held by an open stream; Django's session and roles guard it.
"""

import asyncio
import re
from urllib.parse import parse_qs

from django.conf import settings
from django.db import Error as DatabaseError
from django.http.request import split_domain_port, validate_host

from liveblog.queries.desk_changes import read_position

from .hub import DeskHub, ask
from .open_desk import OpenDesk
from .visitor import admit, find_user_and_story

ADDRESS = re.compile(r"/admin/liveblog/story/([0-9]{1,9})/desk/stream\Z")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"private, no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
]
SILENT_FOR = 30  # seconds in which a desk must take something


class DeskStream:
    """The ASGI application of one address, for the open desks of a hub."""

    def __init__(self, hub: DeskHub):
        self.hub = hub

    @staticmethod
    def is_for(scope) -> bool:
        return scope["type"] == "http" and bool(ADDRESS.match(scope["path"]))

    async def __call__(self, scope, receive, send):
        if scope["method"] != "GET":
            await _refuse(send, 405)
        elif not _knows_host(scope):
            await _refuse(send, 400)
        else:
            await self._serve(scope, receive, send)

    async def _serve(self, scope, receive, send):
        try:
            visitor = await ask(admit, scope["headers"], int(ADDRESS.match(scope["path"])[1]))
            if isinstance(visitor, int):
                await _refuse(send, visitor)
                return
            if _query(scope, "person") not in ("", str(visitor.user_id)):
                await _refuse(send, 401)  # the page was made for somebody else
                return
            position = _asked(scope) or await ask(_position_of, visitor)
        except DatabaseError:
            await _refuse(send, 503)
            return
        desk = OpenDesk(visitor, position)
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        writer = asyncio.create_task(_write(desk, send))
        leaving = asyncio.create_task(_wait_for_end(receive))
        try:
            desk.push("beat", {"position": position})
            await self.hub.open(desk)
            await asyncio.wait([writer, leaving], return_when=asyncio.FIRST_COMPLETED)
        except DatabaseError:
            desk.finish()  # it comes back with its position
            await writer
        finally:
            self.hub.close_desk(desk)
            writer.cancel()
            leaving.cancel()


async def _write(desk, send):
    while (data := await desk.events.get()) is not None:
        body = {"type": "http.response.body", "body": data, "more_body": True}
        await asyncio.wait_for(send(body), SILENT_FOR)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _wait_for_end(receive):
    while (await receive())["type"] != "http.disconnect":
        pass


def _position_of(visitor):
    found = find_user_and_story(visitor)
    return read_position(found[1]) if found else "0"


def _asked(scope) -> str:
    """Read the position of a desk: `Last-Event-ID`, which wins, or `?after=`; neither: from now."""
    for name, value in scope["headers"]:
        if name == b"last-event-id" and value:
            return value.decode("latin-1")[:40]
    return _query(scope, "after")


def _query(scope, name) -> str:
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return query.get(name, [""])[0][:40]


def _knows_host(scope) -> bool:
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


async def _refuse(send, status):
    headers = [(b"content-length", b"0"), (b"cache-control", b"private, no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
