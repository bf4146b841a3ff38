"""A consistent copy of the database in one file, and back: SQLite's own, or PostgreSQL's tools."""

import os
import shutil
import sqlite3
import subprocess  # nosec B404 # pg_dump and pg_restore, with fixed arguments
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict


class ToolFailed(Exception):
    """pg_dump or pg_restore is missing or failed."""


def dump_database(target: Path) -> None:
    """Write the database as of one moment, while others go on writing."""
    if connection.vendor == "sqlite":
        _copy_sqlite(settings.DATABASES["default"]["NAME"], target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load_database(source: Path) -> None:
    """Fill the empty database, wholly or not at all."""
    connection.close()
    if connection.vendor == "sqlite":
        _copy_sqlite(source, settings.DATABASES["default"]["NAME"])
    else:
        options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _run("pg_restore", *options, f"--dbname={_environment()['PGDATABASE']}", str(source))


def is_empty() -> bool:
    """Whether the database has no table."""
    return not connection.introspection.table_names()


def _copy_sqlite(source, target):
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def _run(program, *arguments):
    path = shutil.which(program)
    if path is None:
        raise ToolFailed(f"{program} is missing. On Debian: apt-get install postgresql-client")
    command = [path, *arguments]
    environment = os.environ | _environment()
    done = subprocess.run(  # noqa: S603 # nosec B603 # no shell, and arguments of our own
        command, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise ToolFailed(done.stderr.strip() or f"{program} ended with {done.returncode}")


def _environment() -> dict[str, str]:
    """Return libpq's variables: a password in an argument would be seen by every user.

    The direct address, since pg_dump does not work through a pooler of transactions.
    """
    variables = {each.keyword.decode(): each.envvar for each in pq.Conninfo.get_defaults()}
    values = conninfo_to_dict(settings.DATABASE_DIRECT_URL)
    return {variables[name].decode(): str(values[name]) for name in values if variables[name]}
