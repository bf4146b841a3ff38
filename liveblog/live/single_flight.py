"""Many who ask the same at the same time wait for one answer."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable


async def single_flight(
    running: dict[Hashable, asyncio.Task], key: Hashable, ask: Callable[[], Awaitable]
):
    """Await the answer that is under way for `key`, or begin it; an error reaches all who wait."""
    if key not in running:
        task = asyncio.ensure_future(ask())
        running[key] = task
        task.add_done_callback(lambda _: running.pop(key, None))
    return await asyncio.shield(running[key])
