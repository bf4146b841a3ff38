"""Sends what waits, beside the scheduler: a slow receiver holds up no other and no publication."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event, Lock

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from liveblog.publishing.delivery import due_webhooks

from .announcements import announce_due
from .webhooks import deliver

log = logging.getLogger(__name__)

THREADS = 4
RETRYING_THREADS = 2  # for endpoints that failed last: they may not hold up the others again
ANNOUNCEMENTS = "announcements"


class Sender:
    """Begins, at each call, whatever is due and not under way in this process; until `close`."""

    def __init__(self):
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="sender")
        self._retries = ThreadPoolExecutor(RETRYING_THREADS, thread_name_prefix="sender-retry")
        self._running: set = set()
        self._lock = Lock()
        self._is_closed = Event()

    def __call__(self) -> None:
        """Begin what is due; returns at once. Raises what the database does."""
        for webhook in due_webhooks():
            pool = self._retries if webhook.failures else self._pool
            self._begin(webhook.pk, pool, deliver, webhook.pk)
        if settings.WEBSUB_HUB or settings.INDEXNOW_KEY:
            self._begin(ANNOUNCEMENTS, self._pool, announce_due)

    def close(self) -> None:
        """Begin no further message: the program ends once those under way are sent."""
        with self._lock:
            self._is_closed.set()
            for pool in (self._pool, self._retries):
                pool.shutdown(wait=False, cancel_futures=True)

    def _begin(self, key, pool, work: Callable, *arguments):
        with self._lock:
            if key in self._running or self._is_closed.is_set():
                return
            self._running.add(key)
            work = partial(work, *arguments, until=self._is_closed.is_set)
            future = pool.submit(self._run, key, work)
        future.add_done_callback(_log_failure)

    def _run(self, key, work):
        try:
            work()
        except DatabaseError as error:
            log.warning("Sending waits for the database: %s", error)
        finally:
            connection.close()
            with self._lock:
                self._running.discard(key)


def _log_failure(future):
    if not future.cancelled() and (error := future.exception()):
        log.error("Sending failed, and is tried again", exc_info=error)
