"""Once a second, in a thread of its own, do what the clock asks for."""

import asyncio
import logging
from collections.abc import Callable

from django.db import connection

log = logging.getLogger(__name__)

TICK = 1.0  # seconds


async def keep_ticking(act: Callable[[], object]) -> None:
    """Call `act` every second for ever; what goes wrong is logged, and tried again."""
    while True:
        await asyncio.sleep(TICK)
        await asyncio.to_thread(_act, act)


def _act(act):
    try:
        act()
    except Exception:
        log.exception("The ticker will try again.")
    finally:
        connection.close()
