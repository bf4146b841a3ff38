"""Related rows loaded inside the query of the rows that they belong to.

A page shows seven kinds of rows; prefetching asks for each of them by itself. Here a
relation is a column of its owner's query: one JSON array, made into instances again
as it is read. What reads them can't tell: `update.attributions.all()` as ever.
"""

import json
from datetime import UTC, datetime
from functools import cache

from django.db.models import F, JSONField, Subquery
from django.db.models.expressions import BaseExpression, Col, Combinable
from django.db.models.functions import JSONObject
from django.db.models.query import ModelIterable
from django.db.models.sql import Query

from .searched import SearchWordsField

SUFFIX = "_rows"
OWNER = "{owner}"


class RelatedRows(BaseExpression, Combinable):
    """The rows of a queryset over `OuterRef("pk")` as one JSON array, in the queryset's order.

    `follow` names the foreign keys whose rows come along; `only` the fields that do.
    Its SQL is compiled once for each database: Django needs longer to compile it
    than the database to run it. So make one at import, and no condition in it
    may depend on the moment.
    """

    templates = {
        "sqlite": "(SELECT json_group_array(json(item)) FROM ({}) AS rows)",
        "postgresql": "(SELECT COALESCE(jsonb_agg(item), '[]'::jsonb) FROM ({}) AS rows)",
    }

    def __init__(self, queryset, *, follow=(), only=None):
        super().__init__(output_field=JSONField())
        self.model, self.follow = queryset.model, follow
        self.only = None if only is None else frozenset(only)
        columns = dict.fromkeys(_columns(self.model, follow, self.only))
        self.rows = queryset.values(item=JSONObject(**{each: each for each in columns}))
        self.owner: Col | None = None
        self.written: dict[str, tuple[str, tuple]] = {}  # shared by all copies

    def get_source_expressions(self):
        return [self.owner]

    def set_source_expressions(self, expressions):
        (self.owner,) = expressions

    def resolve_expression(self, query=None, *args, **kwargs):
        resolved = self.copy()
        resolved.owner = F("pk").resolve_expression(query, *args, **kwargs)
        return resolved

    def as_sql(self, compiler, connection):
        if connection.vendor not in self.written:
            self.written[connection.vendor] = self._write(compiler, connection)
        sql, params = self.written[connection.vendor]
        owner, _ = compiler.compile(self.owner)
        return sql.replace(OWNER, owner), params

    def _write(self, compiler, connection):
        """Compile the SQL for the rows of an owner; `OWNER` is the placeholder of its key."""
        model = self.owner.target.model
        subquery = Subquery(self.rows).resolve_expression(Query(model))
        subquery.template = self.templates[connection.vendor].format("%(subquery)s")
        sql, params = compiler.compile(subquery)
        key = (model._meta.db_table, model._meta.pk.column)
        return sql.replace(".".join(map(connection.ops.quote_name, key)), OWNER), tuple(params)

    def instances(self, rows: list[dict], using: str) -> list:
        return [_build(self.model, row, using, self.follow, self.only) for row in rows]


class RelatedRowsIterable(ModelIterable):
    """Models whose `<relation>_rows` columns have become the loaded relation.

    A name that is no relation of the model becomes a plain list under that name.
    """

    def __iter__(self):
        annotations = self.queryset.query.annotations
        related = {k: v for k, v in annotations.items() if isinstance(v, RelatedRows)}
        for owner in super().__iter__():
            for name, column in related.items():
                rows = column.instances(owner.__dict__.pop(name) or [], self.queryset.db)
                _attach(owner, name.removesuffix(SUFFIX), rows)
            yield owner


def load_related(queryset, **columns: RelatedRows):
    """Annotate a queryset with related rows, each under the name of its relation."""
    loaded = queryset.annotate(**{f"{name}{SUFFIX}": rows for name, rows in columns.items()})
    loaded._iterable_class = RelatedRowsIterable
    return loaded


def rows_of(model, relation: str, **conditions):
    """Rows of a relation, whose model may be defined after `model`."""
    return model._meta.get_field(relation).related_model.objects.filter(**conditions)


def _columns(model, follow, only=None, prefix=""):
    for field in _fields(model, only):
        yield prefix + field.attname
    for name in follow:
        first, _, rest = name.partition("__")
        related = model._meta.get_field(first).related_model
        yield from _columns(related, [rest] if rest else [], prefix=f"{prefix}{first}__")


@cache
def _fields(model, only):
    """Leave out what a search alone reads: JSON_OBJECT takes 50 pairs, not more."""
    fields = (f for f in model._meta.concrete_fields if not isinstance(f, SearchWordsField))
    return [f for f in fields if only is None or f.attname in only]


def _build(model, row, using, follow, only=None, prefix=""):
    fields = _fields(model, only)
    values = [_value(field, row[prefix + field.attname]) for field in fields]
    instance = model.from_db(using, [field.attname for field in fields], values)
    for name in follow:
        first, _, rest = name.partition("__")
        field = model._meta.get_field(first)
        if getattr(instance, field.attname) is not None:
            nested = [rest] if rest else []
            related = _build(field.related_model, row, using, nested, prefix=f"{prefix}{first}__")
            setattr(instance, first, related)
    return instance


def _value(field, value):
    """Read what JSON made of a column; SQLite's JSON knows neither zones nor nesting."""
    if isinstance(field, JSONField):
        return json.loads(value) if isinstance(value, str) else value
    if hasattr(field, "from_db_value"):
        return field.from_db_value(value, None, None)
    value = field.to_python(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


def _attach(owner, name, rows):
    if not hasattr(type(owner), name):
        setattr(owner, name, rows)
        return
    loaded = getattr(owner, name).all()
    loaded._result_cache, loaded._prefetch_done = rows, True
    if not hasattr(owner, "_prefetched_objects_cache"):
        owner._prefetched_objects_cache = {}
    owner._prefetched_objects_cache[name] = loaded
