"""Rows of plain SQL as instances of a model, for the statements that every request needs.

Django's `raw` does the same and costs three times what the database takes for one row: it works
out anew which column is which field.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import Col

M = TypeVar("M", bound=Model)


class _Plan(NamedTuple):
    """The position of each field's value in a row; `others` are columns that are no field's."""

    names: frozenset[str]
    fields: list[tuple[int, Col, list]]
    others: list[tuple[str, int]]


@cache
def columns_of(model: type[Model]) -> tuple[str, ...]:
    """Return the columns of a model: a statement that names them still runs beside a newer one."""
    return tuple(field.column for field in model._meta.concrete_fields)


def load_rows(
    model: type[M], sql: str, values: Sequence = (), *, columns: tuple[str, ...] = ()
) -> list[M]:
    """Run a statement whose rows have these columns, and return an instance for each.

    Without `columns`, those of the model. Fields without a column are deferred; a column
    without a field becomes an attribute.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return instances_of(model, cursor.fetchall(), columns=columns)


def instances_of(
    model: type[M], rows: Iterable[Sequence], *, columns: tuple[str, ...] = ()
) -> list[M]:
    """Return an instance for each row of a statement that has these columns, as `load_rows`."""
    plan = _plan_of(model, columns or columns_of(model), connection.vendor)
    return [_instance(model, plan, row) for row in rows]


def instance_of(model: type[M], row: Sequence, columns: tuple[str, ...]) -> M:
    """Return an instance of one row of a statement that has these columns."""
    return _instance(model, _plan_of(model, columns, connection.vendor), row)


def column_of(field: Field) -> tuple[Col, list]:
    """Return a field's column, and what turns its value into the field's as the ORM does."""
    column = field.get_col(field.model._meta.db_table)
    return column, connection.ops.get_db_converters(column) + column.get_db_converters(connection)


@lru_cache(200)
def _plan_of(model, columns, vendor) -> _Plan:
    places = {name: place for place, name in enumerate(columns)}
    shown = [field for field in model._meta.concrete_fields if field.column in places]
    # In the model's order: `from_db` wants them so.
    fields = [(places.pop(field.column), *column_of(field)) for field in shown]
    return _Plan(frozenset(field.attname for field in shown), fields, list(places.items()))


def _instance(model, plan, row):
    found = []
    for place, column, converters in plan.fields:
        value = row[place]
        for convert in converters:
            value = convert(value, column, connection)
        found.append(value)
    instance = model.from_db(connection.alias, plan.names, found)
    for name, place in plan.others:
        setattr(instance, name, row[place])
    return instance
