"""Kinds of fields that requests are made of, each refused where no row could hold it."""

import re
from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

# PostgreSQL stores no NUL.
NO_NUL = r"^[^\x00]*$"


def text(most: int):
    """A string of at most `most` characters."""
    return Annotated[str, StringConstraints(max_length=most, pattern=NO_NUL)]


Line = text(300)
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Note = text(1000)
RichText = text(500_000)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]", re.ASCII)
SLUG, LINK = r"^[-a-z0-9_]+$", r"^(https?://[^\s\x00]+)?$"
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
Link = Annotated[str, StringConstraints(pattern=LINK, max_length=1000)]


def _within_centuries(moment: datetime) -> datetime:
    if not 1000 <= moment.year <= 8999:
        raise ValueError("the year must be between 1000 and 8999")
    return moment


def _require_date(value):
    # Pydantic takes numbers too, and guesses whether they are seconds or milliseconds.
    if not (isinstance(value, str) and DATE.match(value)):
        raise ValueError("give a date and time with its zone, as 2024-10-25T08:30:00Z")
    return value


Moment = Annotated[AwareDatetime, AfterValidator(_within_centuries), BeforeValidator(_require_date)]


def _unknown(names) -> list[InitErrorDetails]:
    error = PydanticCustomError("unknown_field", "there is no such field")
    return [InitErrorDetails(type=error, loc=(name[:100],), input=None) for name in names[:20]]


class Strict(Schema):
    """What a request says: a name that means nothing is refused, for it may be a typing error.

    `ANSWERED` are the names that answers carry beside those that requests may: whoever
    sends back what they read, with a field changed, need not take them out.
    """

    @model_validator(mode="before")
    @classmethod
    def refuse_unknown(cls, value):
        given = getattr(value, "_obj", value)  # ninja wraps what it validates
        if isinstance(given, dict):
            known = {*cls.model_fields, *getattr(cls, "ANSWERED", ())}
            unknown = sorted(str(name) for name in given if name not in known)
            if unknown:
                raise ValidationError.from_exception_data(cls.__name__, _unknown(unknown))
        return value
