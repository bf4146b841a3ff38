"""Whether this process is ready for readers, and why not."""

import asyncio
import logging
import time

from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from .hub import Hub
from .queries import in_thread

log = logging.getLogger(__name__)

LATE = 10.0  # seconds since the last poll that succeeded: four polls, or one that hangs
WAIT = 2.5  # seconds between two questions for the migrations
SENTENCES = {
    "stopping": "This server is stopping.",
    "database": "The database is away.",
    "migrations": "The database waits for its migrations.",
    "notifications": "There is no LISTEN connection: changes arrive late.",
}


class Readiness:
    """What `/readyz` says; costs no query.

    The hub's polls tell whether the database answers, and so does its LISTEN connection,
    which breaks in the moment in which PostgreSQL stops.
    """

    def __init__(self, hub: Hub):
        self.hub = hub
        self.is_migrated = False

    def reasons(self) -> dict[str, str]:
        """Say what is wrong: by one word the sentence that anybody may read; empty if all is well.

        The gravest comes first.
        """
        found = {
            "stopping": self.hub.is_closing,
            "database": self.hub.is_away or self._age() > LATE,
            "migrations": not self.is_migrated,
            "notifications": self.hub.is_listening is False,
        }
        return {word: SENTENCES[word] for word, is_so in found.items() if is_so}

    def _age(self):
        return time.monotonic() - self.hub.last_poll

    async def wait_for_migrations(self) -> None:
        """Ask until the database has all migrations of this code; then it has them for good."""
        while not self.is_migrated:
            try:
                self.is_migrated = await in_thread(_has_migrations)
            except DatabaseError as error:
                log.warning("Nobody knows whether the migrations are applied: %s", error)
            if not self.is_migrated:
                await asyncio.sleep(WAIT)


def _has_migrations():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
