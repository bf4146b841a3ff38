"""Values of our own export, checked one by one: what the database would refuse is refused here."""

import base64
import binascii
import json
import re
from datetime import datetime
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .archive import printable
from .formats.files import as_text
from .picture_sizes import is_picture

MOST = 2**30  # of a counter: no import may use up the rest of what the database counts to
YEARS = range(1000, 9000)


class Unfit(ValueError):
    """A row is refused; says why."""


def values_of(model: type[Model], row: dict, names) -> dict:
    """Read columns of a row by their fields; raises `ValidationError` or `Unfit`."""
    return {name: _value(model._meta.get_field(name), row.get(name)) for name in names}


def _value(field, value):
    if value is None and field.null:
        return None
    value = field.get_default() if value is None else value
    if value is None:
        raise Unfit(Message(_("it has no %(name)s"), name=field.name))
    try:
        value = field.to_python(value)
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Unfit(Message(_("its %(name)s can't be read"), name=field.name)) from error
    if isinstance(value, datetime) and (timezone.is_naive(value) or value.year not in YEARS):
        raise Unfit(Message(_("%(name)s is no moment with a zone"), name=field.name))
    if isinstance(value, int) and not -1 < value <= MOST:
        raise Unfit(Message(_("%(name)s is no number that can be kept"), name=field.name))
    if isinstance(value, str) and not is_text(value):
        raise Unfit(Message(_("%(name)s holds a control character"), name=field.name))
    if field.choices and value not in dict(field.flatchoices):
        raise Unfit(Message(_("its %(name)s is unknown"), name=field.name))
    return field.clean(value, None) if value not in field.empty_values else value


def storable(content: dict) -> dict:
    text = printable(json.dumps(content, ensure_ascii=False)).replace("\\u0000", "")
    return json.loads(text)


def is_slug(text: str) -> bool:
    return re.fullmatch(r"[-a-zA-Z0-9_]{1,80}", text) is not None


def is_text(value):
    """PostgreSQL keeps no NUL and no half of a surrogate pair."""
    return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def uuid_of(said) -> UUID | None:
    try:
        return UUID(as_text(said))
    except ValueError:
        return None


def image_of(encoded) -> bytes | None:
    """Decode a file; None for what is no picture."""
    try:
        data = base64.b64decode(as_text(encoded), validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if is_picture(data) else None
