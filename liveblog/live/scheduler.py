"""Once a second, in a thread of its own, do what the clock asks for."""

import asyncio
import logging
import time
from collections.abc import Callable

from django.db import Error as DatabaseError
from django.db import connection

log = logging.getLogger(__name__)

TICK = 1.0  # seconds


class Scheduler:
    """Calls `act` every second for ever; what goes wrong is logged, and tried again.

    `last_tick` is the monotonic moment at which all went well.
    """

    def __init__(self, act: Callable[[], object]):
        self._act = act
        self.last_tick = time.monotonic()

    async def run(self) -> None:
        while True:
            await asyncio.sleep(TICK)
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
