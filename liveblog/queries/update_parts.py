"""What updates show beside their text, by plain SQL: see `plain_sql`.

One statement finds which kinds of parts there are, and only those are read: sources and bylines
with those whom they name. `tests/queries/test_plain_sql.py` compares it to the ORM.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection
from django.db.models import prefetch_related_objects

from liveblog.models import Attribution, Person, Source, Update, UpdateByline
from liveblog.models.update_queryset import update_parts
from liveblog.sql_rows import columns_of, load_rows

_NAMED = """SELECT {columns} FROM {table} AS part
    JOIN {named} AS named ON named.id = part.{link}
    WHERE part.update_id IN ({ids}) ORDER BY part.position, part.id"""
_TABLES = {
    "attributions": "liveblog_attribution",
    "bylines": "liveblog_updatebyline",
    "pictures": "liveblog_updatepicture",
    "corrections": "liveblog_correction",
}
_IS_THERE = "EXISTS (SELECT 1 FROM {table} WHERE update_id IN ({ids}))"
_NAMES = {
    "attributions": (Attribution, Source, "source"),
    "bylines": (UpdateByline, Person, "person"),
}


def load_parts(updates: Sequence[Update]) -> None:
    """Load all that updates show beside their text, as `with_parts` does."""
    if not updates:
        return
    ids = [Update._meta.pk.get_db_prep_value(each.pk, connection) for each in updates]
    found = _find_kinds(ids)
    for name in _TABLES:
        if name not in found:
            _attach(updates, name, {})
        elif name in _NAMES:
            _attach(updates, name, _read_named(*_NAMES[name], ids))
        else:
            prefetch_related_objects(updates, update_parts()[name])


def _read_named(model, named, link, ids) -> dict:
    """Read rows of a model with those whom they name, by their updates' ids."""
    fields = model._meta.concrete_fields
    own = columns_of(named)
    columns = [f"named.{each}" for each in own] + [f"part.{each.column}" for each in fields]
    sql = _NAMED.format(
        columns=", ".join(columns),
        table=model._meta.db_table,
        named=named._meta.db_table,
        link=f"{link}_id",
        ids=_places(ids),
    )
    rows = defaultdict(list)
    names = (*own, *(f"part_{each.column}" for each in fields))
    for found in load_rows(named, sql, ids, columns=names):
        values = [found.__dict__.pop(f"part_{each.column}") for each in fields]
        row = model.from_db(connection.alias, [each.attname for each in fields], values)
        row.update_id = Update._meta.pk.to_python(row.update_id)
        setattr(row, link, found)
        rows[row.update_id].append(row)
    return rows


def _find_kinds(ids) -> set[str]:
    questions = [_IS_THERE.format(table=t, ids=_places(ids)) for t in _TABLES.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(questions)}", ids * len(_TABLES))
        return {name for name, is_there in zip(_TABLES, cursor.fetchone(), strict=True) if is_there}


def _places(ids) -> str:
    return ", ".join(["%s"] * len(ids))


def _attach(updates, name, rows):
    """Put loaded rows into Django's prefetch cache, which has no public API."""
    for update in updates:
        loaded = getattr(update, name).get_queryset()
        loaded._result_cache, loaded._prefetch_done = rows.get(update.pk, []), True
        for row in loaded._result_cache:
            row.update = update
        if not hasattr(update, "_prefetched_objects_cache"):
            update._prefetched_objects_cache = {}
        update._prefetched_objects_cache[name] = loaded
