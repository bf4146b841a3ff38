"""Where the work in hand comes from: the request's id, and an editor's or program's address."""

from contextvars import ContextVar
from typing import NamedTuple


class Origin(NamedTuple):
    """`address` is set for the admin and the API alone: no reader's address is ever kept."""

    request_id: str = ""
    address: str | None = None


UNKNOWN = Origin()
current: ContextVar[Origin] = ContextVar("origin", default=UNKNOWN)
