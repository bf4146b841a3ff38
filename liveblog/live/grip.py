"""Streams held by a proxy in front of the site: GRIP (pushpin.org/docs/protocols/grip).

A request that such a proxy signed is answered at once: with what the reader missed, and with
instructions to hold the connection. After a change the proxy is sent a beat, which it passes to
every reader that it holds. Pages then ask for what changed, so the proxy never has a text that
might be retracted.
"""

import asyncio
import base64
import logging
from collections.abc import Iterable

import httpx
import jwt
from django.db import Error as DatabaseError

from liveblog.batches import batches
from liveblog.models import Story
from liveblog.queries.changes import Cursor

from .channel import Channel
from .connection import HEADERS
from .hub import BEAT, Hub
from .queries import Newest, in_thread, read_newest
from .sse import GONE, RELOAD, beat
from .subscriber import Subscriber

log = logging.getLogger(__name__)

ASK_AGAIN = 300  # seconds after which the proxy asks for what it may have lost
RETRY = 1.0  # seconds between two attempts to reach the proxy or the database
AT_ONCE = 200  # stories in one publication
DEADLINE = 5.0  # seconds for one answer of the proxy


class GripProxy:
    """A proxy that holds streams: `url` is where it takes publications, `key` signs its requests.

    `held` are the stories whose streams it was asked to hold since this process started.
    """

    def __init__(self, hub: Hub, url: str, key: str):
        self.hub, self.url, self.key = hub, url.rstrip("/") + "/publish/", key
        self.held: set[int] = set()
        self._changed: set[int] = set()
        self._sent: dict[int, str] = {}
        self._task: asyncio.Task | None = None

    def has_signed(self, scope) -> bool:
        """Whether a request came through the proxy: its `Grip-Sig` is a JWT (RFC 7519)."""
        token = dict(scope["headers"]).get(b"grip-sig", b"")
        try:
            jwt.decode(token, self.key, algorithms=["HS256"], options={"require": ["exp"]})
        except jwt.InvalidTokenError:
            return False
        return True

    async def hold(self, channel: Channel, cursor: Cursor | None, send) -> None:
        """Answer with what a reader missed, and have the proxy hold their connection."""
        pieces: list[bytes] = []
        reader = Subscriber(_collect(pieces), pieces.clear)
        try:
            await self.hub.join(channel, reader, cursor)
        finally:
            channel.readers.discard(reader)  # the channel stays, for the next who asks
        headers = HEADERS if reader.is_ending else HEADERS + _instructions(channel)
        self.held.add(channel.story_id)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"".join(pieces)})

    async def let_go(self, story: Story, send) -> None:
        """Answer for a story that has no stream here: withdrawn, or moved to another address.

        The proxy passes no error on to readers that it holds, and asks again.
        """
        event = RELOAD if story.is_public else GONE
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": event})

    # -- what is sent to the proxy

    def note(self, story_ids: Iterable[int]) -> None:
        """Learn that stories changed; what comes meanwhile goes out in one publication."""
        self._changed.update(story_ids)
        if self._task is None or self._task.done():
            self._task = self.hub.run(self._publish())

    async def _publish(self):
        async with httpx.AsyncClient(timeout=DEADLINE, trust_env=False) as client:
            while self._changed:
                ids, self._changed = self._changed, set()
                try:
                    await self._send(client, await in_thread(read_newest, ids))
                except (DatabaseError, httpx.HTTPError) as error:
                    log.warning("The GRIP proxy missed a change; trying again: %r", error)
                    self._changed |= ids
                    await asyncio.sleep(RETRY)

    async def _send(self, client, stories: list[Newest]):
        for some in batches(stories, AT_ONCE):
            items = [self._item(each) for each in some]
            answer = await client.post(self.url, json={"items": items})
            answer.raise_for_status()
            self._sent |= {each.story_id: each.cursor for each in some}

    def _item(self, newest):
        content = beat(newest.cursor) if newest.is_public else GONE
        item = {
            "channel": _channel_name(newest.story_id),
            "id": newest.cursor,
            "formats": {"http-stream": {"content": content.decode()}},
        }
        before = self._sent.get(newest.story_id)
        return item | ({"prev-id": before} if before else {})


def _channel_name(story_id):
    return f"liveblog-{story_id}"


def _instructions(channel):
    cursor = channel.cursor
    event = b'event: beat\ndata: {"cursor":"%s"}\n\n' % cursor.encode()
    headers = {
        "Grip-Hold": "stream",
        "Grip-Channel": f"{_channel_name(channel.story_id)}; prev-id={cursor}",
        "Grip-Link": f"</live/{channel.slug}/stream?after={cursor}>; rel=next; timeout={ASK_AGAIN}",
        "Grip-Keep-Alive": f"{base64.b64encode(event).decode()}; format=base64; timeout={BEAT:.0f}",
    }
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def _collect(pieces):
    async def send(message):
        pieces.append(message["body"])

    return send
