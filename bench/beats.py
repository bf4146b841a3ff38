"""Pages that follow beats, and fetch by the edge what each announces; a process of its own.

Each page does as `connection.js`: it waits for a random part of its spread, asks for
`changes/<from>/<to>`, and for `changes/<from>` where that is refused; a connection for each.
"""

import asyncio
import gzip
import json
import random
import re
import time
from functools import partial

from tests.server import ROOT

from .commands import serve

SCRIPT = ROOT / "liveblog" / "static" / "liveblog" / "live" / "connection.js"
SPREAD = int(re.search(r"SPREAD = ([\d_]+);", SCRIPT.read_text())[1]) / 1000  # seconds, as pages
CURSOR = re.compile(r'"cursor": ?"([0-9a-z]+-(\d+))"')


class Page:
    """One page: its cursor, and how long each revision took from its beat to its text."""

    def __init__(self, slug, edge):
        self.slug, self.edge, self.cursor = slug, edge, ""
        self.took: dict[int, float] = {}
        self.asked_for = ""

    async def follow(self, port, opened):
        """Read beats for ever."""
        lines, out = await asyncio.open_connection("127.0.0.1", port)
        out.write(f"GET /live/{self.slug}/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        while line := await lines.readline():
            found = CURSOR.search(line.decode())
            if found and not self.cursor:
                self.cursor = self.asked_for = found[1]
                opened.set_result(True)
            elif found and found[1] != self.asked_for:
                self.asked_for = found[1]
                await self._reach(found[1], int(found[2]))

    async def _reach(self, cursor, revision):
        beat_at = time.monotonic()
        await asyncio.sleep(random.random() * SPREAD)
        address = f"/live/{self.slug}/changes/{self.cursor}"
        status, text = await self._get(f"{address}/{cursor}")
        if status != 200:
            status, text = await self._get(address)
        body = json.loads(text)
        if body["cursor"] == cursor and body["changes"]:
            self.cursor = cursor
            self.took[revision] = time.monotonic() - beat_at

    async def _get(self, path) -> tuple[int, bytes]:
        answer, out = await asyncio.open_connection("127.0.0.1", self.edge)
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.edge}\r\n"
        out.write(f"{head}Accept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode())
        headers, _, body = (await answer.read()).partition(b"\r\n\r\n")
        out.close()
        is_zipped = b"content-encoding: gzip" in headers.lower()
        return int(headers[9:12]), gzip.decompress(body) if is_zipped else body


class Crowd:
    def __init__(self):
        self.pages: list[Page] = []
        self.tasks: set[asyncio.Task] = set()

    async def open(self, count, slug, port, edge):
        """Open so many pages; returns when each has its first beat."""
        loop = asyncio.get_running_loop()
        self.pages = [Page(slug, edge) for _ in range(count)]
        begun = [loop.create_future() for _ in self.pages]
        for page, opened in zip(self.pages, begun, strict=True):
            self.tasks.add(asyncio.ensure_future(page.follow(port, opened)))
        await asyncio.gather(*begun)
        return {}

    async def wait(self, revision, seconds=20):
        """Wait until every page has the text of a revision; how long each took."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and any(revision not in each.took for each in self.pages):
            await asyncio.sleep(0.02)
        times = [each.took[revision] for each in self.pages if revision in each.took]
        return {"times": times, "without": len(self.pages) - len(times)}


if __name__ == "__main__":
    serve(partial(getattr, Crowd()))
