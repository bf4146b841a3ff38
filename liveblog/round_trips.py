"""Several statements in one round trip: what waits longest is not the database, but for it."""

from collections.abc import Iterable, Sequence

from django.db import connection
from psycopg import ClientCursor

Statement = tuple[str, Sequence]


def run(statements: Iterable[Statement]) -> None:
    """Run statements in their order; PostgreSQL takes them all at once."""
    with connection.cursor() as cursor:
        for sql, values in _sent(cursor, statements):
            cursor.execute(sql, values)


def read(statements: Iterable[Statement]) -> list[list[tuple]]:
    """Return the rows of each statement. Each of them sees what is committed when it begins."""
    found = []
    with connection.cursor() as cursor:
        for sql, values in _sent(cursor, statements):
            cursor.execute(sql, values)
            found.append(cursor.fetchall())
            while connection.vendor == "postgresql" and cursor.nextset():
                found.append(cursor.fetchall())
    return found


def _sent(cursor, statements) -> list[tuple[str, Sequence | None]]:
    """Write values into the statements, where they go as one: the server binds those of one alone.

    One by one: psycopg keeps what it parsed of a statement with few values, and no other.
    """
    listed = list(statements)
    if connection.vendor != "postgresql" or not listed:
        return listed
    binding = ClientCursor(cursor.connection)
    return [("; ".join(binding.mogrify(sql, values) for sql, values in listed), None)]
