"""Requests for the same answer at the same time share one computation."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable


async def single_flight(
    running: dict[Hashable, asyncio.Task], key: Hashable, ask: Callable[[], Awaitable]
):
    """Await the computation under way for `key`, or start it; an error reaches all who wait."""
    if key not in running:
        task = asyncio.ensure_future(ask())
        running[key] = task
        task.add_done_callback(lambda _: running.pop(key, None))
    return await asyncio.shield(running[key])
