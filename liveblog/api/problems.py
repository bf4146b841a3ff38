"""Errors as `application/problem+json` (RFC 9457): what went wrong, and where."""

import json
import logging
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from ninja.errors import HttpError, ValidationError

from liveblog.publishing import Busy, Conflict, Forbidden, Invalid, PublishingError, Unstored

from .fields import LINK, NO_NUL, SLUG

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
COME_BACK = "5"  # seconds
PATTERNS = {
    SLUG: _lazy("Give a slug: lower-case letters, digits, hyphens and underscores."),
    LINK: _lazy("Give an address that begins with https:// or http:// and holds no space."),
    NO_NUL: _lazy("A NUL character can't be stored."),
}
SOURCES = {"body", "query", "path", "header", "form", "file"}


class Problem(Exception):
    """An answer that is an error; `more` are further members of its body."""

    def __init__(self, status: int, detail: str, *, errors=(), headers=None, **more):
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, list(errors)
        self.headers, self.more = headers or {}, more

    @classmethod
    def of_field(cls, field: str, message: str) -> "Problem":
        return cls(422, message, errors=[{"field": field, "message": message}])


def render(problem: Problem) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        **({"errors": problem.errors} if problem.errors else {}),
        **problem.more,
    }
    return HttpResponse(
        json.dumps(body),  # in ASCII: callers' half surrogates, which are quoted, are no UTF-8
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def not_found() -> Problem:
    """Say the same of what is not there and of what the caller may not see."""
    return Problem(404, _("There is nothing at this address that this token may see."))


def explain(error: Exception) -> Problem:
    """Put any error into the words of an answer; what is no answer is a bug, and logged."""
    for kind, write in EXPLANATIONS.items():
        if isinstance(error, kind):
            return write(error)
    logger.error("The API failed", exc_info=error)
    return Problem(500, _("Something went wrong here. Nothing was changed."))


def _invalid(error: Invalid) -> Problem:
    problems = [
        {"field": field, "message": str(message)}
        for field, messages in error.errors.items()
        for message in messages
    ]
    return Problem(422, str(error), errors=problems)


def _unreadable(error: ValidationError) -> Problem:
    problems = [{"field": _field(each["loc"]), "message": _plain(each)} for each in error.errors]
    # Of a value that may be a slug or an object, pydantic tells what is wrong with it as either.
    inner = [each["field"] for each in problems]
    problems = [each for each in problems if not _has_part(each["field"], inner)]
    first = problems[0]
    return Problem(422, f"{first['field']}: {first['message']}", errors=problems)


def _has_part(field, fields) -> bool:
    return any(each.startswith(f"{field}.") for each in fields)


def _field(place) -> str:
    """Name a field as the caller does: without where ninja read it from."""
    names = [str(each) for each in place if each != "payload" and not _is_of_a_type(str(each))]
    return ".".join(names[1:] if names and names[0] in SOURCES else names) or "body"


def _plain(error: dict) -> str:
    if error["type"] == "string_pattern_mismatch":
        return str(PATTERNS.get(error["ctx"]["pattern"], error["msg"]))
    return error["msg"].removeprefix("Value error, ")


def _is_of_a_type(name):
    # Pydantic adds the alternative that it tried: `constrained-str`, `function-after[…]`, `uuid`.
    return name == "uuid" or name.startswith(("constrained-", "function-"))


def _of_ninja(error: HttpError) -> Problem:
    # Ninja puts its own words over whatever our parser raised.
    cause = error.__cause__
    return cause if isinstance(cause, Problem) else Problem(error.status_code, error.message)


def _conflict(error: Conflict) -> Problem:
    return Problem(409, str(error))


def _away(error) -> Problem:
    logger.warning("The database does not answer: %s", error)
    detail = _("The database is away. Try again in a moment.")
    return Problem(503, detail, headers={"Retry-After": COME_BACK})


EXPLANATIONS = {
    Problem: lambda error: error,
    Http404: lambda error: not_found(),
    ValidationError: _unreadable,
    HttpError: lambda error: _of_ninja(error),
    Forbidden: lambda error: Problem(403, str(error)),
    Invalid: _invalid,
    Conflict: _conflict,
    (Busy, Unstored): lambda error: Problem(503, str(error), headers={"Retry-After": COME_BACK}),
    PublishingError: lambda error: Problem(409, str(error)),
    RequestDataTooBig: lambda error: Problem(413, _("The request has more than 6 MB.")),
    (SuspiciousOperation, MultiPartParserError, UnreadablePostError): lambda error: Problem(
        400, _("The request can't be read.")
    ),
    (OperationalError, InterfaceError): _away,
}
