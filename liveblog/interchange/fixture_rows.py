"""What a fixture's rows must be before they become objects, and the order in which they do."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db.models import CharField, ForeignKey, Model, TextField

from liveblog.publishing import FIXTURE_ORDER

from .fixture_files import FixtureFileError, PlacedRow

_MOST_SHOWN = 60
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def in_order(rows: Iterable[PlacedRow]) -> list[PlacedRow]:
    """Sort rows so that none comes before those that it refers to; accounts come first."""
    checked = [_checked(row) for row in rows]
    return sorted(checked, key=lambda row: _rank(row.data["model"]))


def _rank(label):
    if label in FIXTURE_ORDER:
        return FIXTURE_ORDER.index(label)
    return len(FIXTURE_ORDER) if label.startswith("liveblog.") else -1


def _checked(row):
    if why := _fault(row.data):
        raise FixtureFileError(f"{row.place}: {why}")
    return PlacedRow(row.place, {**row.data, "model": row.data["model"].lower()})


def _fault(data):
    if not isinstance(data, dict):
        return "a row is {“model”: …, “fields”: {…}}"
    for name, kind in [("model", str), ("fields", dict)]:
        if not isinstance(data.get(name), kind):
            return f"this row has no “{name}”"
    return _fault_of_fields(data)


def _fault_of_fields(data):
    model = _model(data["model"])
    for name, value in data["fields"].items() if model else ():
        if _is_text(model, name) and isinstance(value, list | dict | bool | float | None):
            wrong = "null" if value is None else f"a {type(value).__name__}"
            return f"{name_of(data)}: {name}: a text belongs here, not {wrong}"
    return ""


def _model(label) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None  # the deserialiser says so, or leaves it out where it is told to


def _is_text(model, name):
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return isinstance(field, CharField | TextField) and not field.null


def name_of(data: dict) -> str:
    """Return how errors name a row: its model and key."""
    key = data.get("pk") or data["fields"].get("slug") or ""
    return f"{data['model']} {str(key)[:_MOST_SHOWN]}".strip()


class KnownKeys:
    """Puts ids in place of natural keys: many rows refer to few, each is looked up once."""

    def __init__(self):
        self._ids = {}

    def put_into(self, data: dict) -> dict:
        model = _model(data["model"])
        if model is None:
            return data
        fields = {name: self._known(model, name, key) for name, key in data["fields"].items()}
        return {**data, "fields": fields}

    def _known(self, model, name, key):
        """Return the id that a key stands for; the key itself where it stands for none."""
        if not (isinstance(key, list) and all(isinstance(each, str) for each in key)):
            return key
        named = (model, name, *key)
        if named not in self._ids and (found := _parent(model, name, key)):
            self._ids[named] = found.pk
        return self._ids.get(named, key)


def update_ids(rows: Iterable[PlacedRow]) -> set[UUID]:
    """Return the ids of the updates among the rows, where they are ids."""
    written = (row.data.get("pk") for row in rows if row.data["model"] == "liveblog.update")
    return {UUID(each) for each in written if isinstance(each, str) and _UUID.fullmatch(each)}


def missing_parents(data: dict) -> list[str]:
    """Say which rows that a row needs it does not name, or are neither in the file nor here."""
    model, fields = _model(data["model"]), data["fields"]
    if model is None:
        return []
    needed = (each for each in model._meta.fields if isinstance(each, ForeignKey) and not each.null)
    unnamed = [f"its {each.name} is missing" for each in needed if each.name not in fields]
    unknown = [
        f"its {name} is not there: {', '.join(map(str, key))[:_MOST_SHOWN]}"
        for name, key in fields.items()
        if _is_missing(model, name, key)
    ]
    return unnamed + unknown


def _is_missing(model, name, key):
    refers = isinstance(key, list) and _foreign_key(model, name)
    return bool(refers) and _parent(model, name, key) is None


def _parent(model, name, key):
    """Return the row of the database that a natural key stands for."""
    field = _foreign_key(model, name)
    try:
        return field and field.related_model._default_manager.get_by_natural_key(*key)
    except (ObjectDoesNotExist, ValidationError, TypeError, ValueError):
        return None


def _foreign_key(model, name):
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, ForeignKey) else None
