"""Validate the rows of a fixture."""

import re
from datetime import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import Model, PositiveIntegerField
from django.utils import timezone

from liveblog.models import Person, Source, Topic

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
YEARS = range(1000, 9000)  # beyond them a change of zone overflows
MOST = 2**30  # half of what PostgreSQL counts to: no import may use up the rest
NAMED_LATER = (Source, Topic, Person)  # their address is made from the name where they have none


class FixtureImportError(Exception):
    """A row is invalid; says which, and why. Nothing is imported."""


class MissingParentError(FixtureImportError):
    """A row refers to one that is neither here nor before it in the fixture."""


def require_fit(row) -> None:
    """Refuse a row that comes before its parents, or whose fields are invalid."""
    if row.deferred_fields:
        names = ", ".join(each.name for each in row.deferred_fields)
        raise MissingParentError(
            f"A row of {row.object._meta.label_lower}: its {names} is not there. "
            "Rows must come after those that they refer to, as dumpdata writes them."
        )
    try:
        _refuse_controls(row.object)
        _refuse_absurd(row.object)
        row.object.clean_fields(exclude=_skipped(row.object))
    except ValidationError as error:
        why = "; ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
        raise FixtureImportError(f"{row_name(row.object)}: {why}") from error


def row_name(obj: Model) -> str:
    """Return how errors name a row: its model and key."""
    key = getattr(obj, "slug", None) or obj.pk or "without id"
    return f"{obj._meta.label_lower} {key}"


def broken_rule(error: DatabaseError) -> str:
    """Name the rule that a row breaks; what databases say beside it repeats the row's text."""
    said = str(error)
    for model in apps.get_app_config("liveblog").get_models():
        for rule in model._meta.constraints:
            if rule.name in said:
                return f"this breaks the rule {rule.name}."
    return said.partition("\n")[0]


def _skipped(obj):
    relations = {each.name for each in obj._meta.fields if each.is_relation}
    # Words are made of texts whose length is yet to be judged, at 250 bytes a letter.
    relations |= {"search_words"}
    return relations | {"slug"} if isinstance(obj, NAMED_LATER) else relations


def _refuse_controls(obj):
    for each in obj._meta.concrete_fields:
        value = obj.__dict__.get(each.attname)
        found = CONTROLS.search(value) if isinstance(value, str) else None
        if found:
            why = f"position {found.start()} holds the control character {found.group()!a}"
            raise ValidationError({each.name: why})


def _refuse_absurd(obj):
    for each in obj._meta.concrete_fields:
        value = obj.__dict__.get(each.attname)
        if isinstance(value, datetime) and timezone.is_naive(value):
            raise ValidationError({each.name: "this moment has no time zone"})
        if isinstance(value, datetime) and value.year not in YEARS:
            raise ValidationError({each.name: "the year must be between 1000 and 8999"})
        is_count = isinstance(each, PositiveIntegerField) and isinstance(value, int)
        if is_count and value > MOST:
            raise ValidationError({each.name: f"at most {MOST} is taken"})
