"""Run periodic work in a thread of its own."""

import asyncio
import logging
import time
from collections.abc import Callable

from django.db import Error as DatabaseError
from django.db import connection

log = logging.getLogger(__name__)

TICK = 1.0  # seconds


class Scheduler:
    """Calls `act` every few seconds; an error is logged, and the next call comes as usual.

    `last_tick` is the monotonic moment at which all went well.
    """

    def __init__(self, act: Callable[[], object], *, every: float = TICK):
        self._act, self._every = act, every
        self.last_tick = time.monotonic()

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            await asyncio.to_thread(self._tick)

    def _tick(self):
        try:
            self._act()
        except DatabaseError as error:
            log.warning("The ticker waits for the database: %s", error)
        except Exception:
            log.exception("The ticker will try again.")
        else:
            self.last_tick = time.monotonic()
        finally:
            connection.close()
