"""Has responses rendered: once for all who ask, few at a time, after the readers' events."""

import asyncio
from collections.abc import Callable
from functools import partial

from .cache_keys import is_change_answer
from .cached_response import CachedResponse
from .hub import Hub
from .response_store import ResponseStore
from .single_flight import single_flight

ATTEMPTS = 10  # renderings of one response, where changes come in between
# Pages being rendered at a time. Their threads share one interpreter lock with the event loop and
# with the threads that render events: with more of them a crowd on cold pages left events too
# little of it to keep up.
AT_ONCE = 2


class Renderer:
    """Renders responses and stores them, unless a change came meanwhile."""

    def __init__(self, hub: Hub, store: ResponseStore):
        self.hub, self.store = hub, store
        self.changes = self.renders = 0
        self._last_change: dict[int | None, int] = {}  # by story; None: of any story
        self._last_doubt = 0  # the last change of an unknown story
        self._running: dict[str, asyncio.Task] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)

    def note_change(self, story_id: int | None) -> None:
        """Learn that a story changed; None: any story may have."""
        self.changes += 1
        self._last_change[None] = self.changes
        if story_id is None:
            self._last_doubt = self.changes
        else:
            self._last_change[story_id] = self.changes

    async def render_once(
        self, key: str, render: Callable, *, asked_at: float | None = None
    ) -> CachedResponse:
        """Render a response, or wait for who does already.

        `asked_at` is when a reader asked for it last, where none does now: what is rendered only
        because it was in use is not in use by that.
        """
        begin = partial(self._render, key, render, asked_at)
        return await single_flight(self._running, key, begin)

    async def _render(self, key, render, asked_at) -> CachedResponse:
        for _attempt in range(ATTEMPTS):
            is_urgent = asked_at is None and is_change_answer(key)  # it brings an event to pages
            begun, (status, headers, body) = await self._in_turn(render, is_urgent=is_urgent)
            made = await asyncio.to_thread(CachedResponse.make, status, headers, body)
            made.asked_at = asked_at or made.asked_at
            if not made.may_keep:
                break
            if max(self._last_change.get(made.story_id, 0), self._last_doubt) <= begun:
                self.store.put(key, made)
                break
        return made

    async def _in_turn(self, render, *, is_urgent):
        """Return how many changes were known when the rendering began, and what it brought."""
        if is_urgent:
            return await self._now(render)
        async with self._slots:
            await self.hub.wait_for_events()  # pages find what the events' rendering left
            return await self._now(render)

    async def _now(self, render):
        begun = self.changes
        self.renders += 1
        return begun, await render()
