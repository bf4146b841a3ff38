"""Learn of other processes' changes: LISTEN on PostgreSQL, the file's version on SQLite.

Either may miss something or be late: the hub's own poll every few seconds is what
readers rely on.
"""

import asyncio
import logging
import random
import sqlite3
import time
from collections.abc import Callable

import psycopg
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from liveblog import notify

from .hub import Hub

log = logging.getLogger(__name__)

POLL_INTERVAL = 2.0  # seconds between two polls on PostgreSQL
SQLITE_POLL_INTERVAL = 0.5  # seconds between two readings of the file's version on SQLite
SQLITE_FULL_POLL_INTERVAL = 2.0  # seconds after which the database is asked all the same
LONGEST_WAIT = 5.0  # seconds between two attempts to reach the database


async def keep_polling(hub: Hub) -> None:
    """Poll for ever, also while the database is away."""
    if connection.vendor == "sqlite":
        await _poll_file(hub)
    while True:
        await asyncio.sleep(POLL_INTERVAL)
        await _poll(hub)


async def _poll(hub: Hub) -> None:
    try:
        await hub.poll()
    except DatabaseError as error:
        log.warning("The database is away: %s", error)
    except Exception:
        log.exception("The poll failed; the next one will try again.")


async def _poll_file(hub: Hub) -> None:
    """Read `PRAGMA data_version` twice a second: it moves with other connections' commits."""
    with sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None) as file:
        version, polled_at = None, 0.0
        while True:
            await asyncio.sleep(SQLITE_POLL_INTERVAL)
            now = _version_of(file)
            if now != version or time.monotonic() - polled_at > SQLITE_FULL_POLL_INTERVAL:
                version, polled_at = now, time.monotonic()
                await _poll(hub)


def _version_of(file: sqlite3.Connection) -> int | None:
    try:
        return file.execute("PRAGMA data_version").fetchone()[0]
    except sqlite3.OperationalError as error:
        log.warning("The database's file does not answer: %s", error)
        return None


async def keep_listening(hub: Hub, **receivers: Callable[[str], None]) -> None:
    """Listen for ever on a connection of its own, past any pooler; back off while there is none.

    `receivers` are handed the payloads of further channels, each by its channel's name.
    """
    wait = 0.1
    receivers = {**receivers, notify.CHANNEL: lambda text: hub.notify(*notify.read_change(text))}
    hub.is_listening = False
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(_conninfo(), autocommit=True) as own:
                for channel in receivers:
                    await own.execute(f"LISTEN {channel}")
                hub.is_listening = True
                await _poll(hub)  # for what was sent while nobody listened
                wait = 0.1
                async for notice in own.notifies():
                    _receive(receivers[notice.channel], notice.payload)
        except (psycopg.Error, OSError) as error:
            log.warning("LISTEN connection lost; reconnecting in %.1f s: %s", wait, error)
        hub.is_listening = False
        await asyncio.sleep(random.uniform(wait / 2, wait))  # noqa: S311 # nosec B311 # spreads retries
        wait = min(2 * wait, LONGEST_WAIT)


def _receive(receiver: Callable[[str], None], payload: str) -> None:
    try:
        receiver(payload)
    except ValueError:
        log.warning("Ignoring malformed NOTIFY payload: %.40r", payload)


def _conninfo() -> str:
    if settings.DATABASE_DIRECT_URL:
        return settings.DATABASE_DIRECT_URL.replace("postgres://", "postgresql://", 1)
    row = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        dbname=row["NAME"],
        user=row["USER"] or None,
        password=row["PASSWORD"] or None,
        host=row["HOST"] or None,
        port=row["PORT"] or None,
    )
