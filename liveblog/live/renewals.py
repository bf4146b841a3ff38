"""Renders again, at once after a change, what readers use: they find it ready."""

import asyncio
import time
from collections.abc import Callable

from .cache_keys import is_between_cursors, is_cacheable
from .cached_response import CachedResponse
from .renderer import Renderer

PACE = 0.25  # seconds between two renderings of a response that nobody waits for
MOST_RENEWED = 200  # responses that are rendered again after a takedown
RENEWERS = 2  # responses rendered again at once


class Renewals:
    """Responses that wait to be rendered again; `ask(key)` is how Django is asked for one."""

    def __init__(self, renderer: Renderer, ask: Callable[[str], Callable]):
        self.renderer, self.hub, self._ask = renderer, renderer.hub, ask
        self._waiting: dict[str, tuple[float, float]] = {}  # when due, and when asked for
        self._workers = 0

    def add(self, held: list[tuple[str, CachedResponse]], *, since: float) -> None:
        """Have those rendered again that readers asked for in the last `since` seconds."""
        earliest = time.monotonic() - since
        for key, response in held[:MOST_RENEWED]:
            if response.asked_at > earliest and _is_asked_again(key):
                self._waiting[key] = (response.made_at + PACE, response.asked_at)
        while self._workers < min(RENEWERS, len(self._waiting)):
            self._workers += 1
            self.hub.run(self._work())

    async def _work(self):
        try:
            while self._waiting and not self.hub.is_away:
                key = min(self._waiting, key=self._waiting.__getitem__)
                due, asked_at = self._waiting[key]
                if (early := due - time.monotonic()) > 0:
                    await asyncio.sleep(early)  # changes come in a burst: once for all of them
                    continue
                if self._waiting.pop(key, None) and key not in self.renderer.store.current:
                    await self.renderer.render_once(key, self._ask(key), asked_at=asked_at)
        finally:
            self._workers -= 1


def _is_asked_again(key):
    return is_cacheable(key.partition("?")[0]) and not is_between_cursors(key)
