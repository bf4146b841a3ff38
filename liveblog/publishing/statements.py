"""What a change writes, as statements that go to the database in one round trip.

Every verb writes its rows by them: Django takes longer to write an INSERT than the database to
run it, and waits for each. `tests/publishing/test_statements.py` compares the rows to the ORM's.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from django.db import connection
from django.db.models import AutoField, Model

from liveblog.batches import batches
from liveblog.round_trips import Statement


def inserts_of(rows: Sequence[Model]) -> Iterator[Statement]:
    """Yield the INSERT of new rows of one model; one alone, but where SQLite takes no longer one.

    Keys that the database makes are not read back.
    """
    if not rows:
        return
    fields, sql = _insert_into(type(rows[0]))
    for some in batches(rows, connection.ops.bulk_batch_size(fields, rows)):
        values = [value for row in some for value in _values(row, fields, is_new=True)]
        places = ", ".join(["%s"] * len(fields))
        for row in some:
            row._state.adding, row._state.db = False, connection.alias
        yield sql + ", ".join([f"({places})"] * len(some)), values


def update_of(row: Model, names: Iterable[str]) -> Statement:
    """Return the UPDATE of some fields of a row to the values that it has."""
    fields = [row._meta.get_field(name) for name in names]
    columns = ", ".join(f"{each.column} = %s" for each in fields)
    sql = f"UPDATE {row._meta.db_table} SET {columns} WHERE id = %s"  # noqa: S608 # nosec B608 # our own names
    return sql, _values(row, [*fields, row._meta.pk], is_new=False)


def delete_of(model: type[Model], mine: dict[str, Model]) -> Statement:
    """Return the DELETE of the rows that belong to an owner, given by the name of its field."""
    ((name, owner),) = mine.items()
    table, column = model._meta.db_table, model._meta.get_field(name).column
    sql = f"DELETE FROM {table} WHERE {column} = %s"  # noqa: S608 # nosec B608 # our own names
    return sql, _values(owner, [owner._meta.pk], is_new=False)


@cache
def _insert_into(model):
    fields = [each for each in model._meta.local_concrete_fields if not isinstance(each, AutoField)]
    columns = ", ".join(each.column for each in fields)
    return fields, f"INSERT INTO {model._meta.db_table} ({columns}) VALUES "  # noqa: S608 # nosec B608 # our own names


def _values(row, fields, *, is_new) -> list:
    return [each.get_db_prep_save(each.pre_save(row, is_new), connection) for each in fields]
