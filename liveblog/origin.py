"""Where the work in hand comes from: a request and its sender's address, or a command."""

from contextvars import ContextVar
from typing import NamedTuple


class Origin(NamedTuple):
    """`address` is set for the admin and the API alone: no reader's address is ever kept."""

    request_id: str = ""
    address: str | None = None


UNKNOWN = Origin()
COMMAND = "manage.py "  # how the id of what no request is done by begins
current: ContextVar[Origin] = ContextVar("origin", default=UNKNOWN)


def of_command(arguments: list[str]) -> Origin:
    """Return the origin of what `manage.py` does; its name alone: an argument may be a secret."""
    return Origin(f"{COMMAND}{' '.join(arguments[1:2])}"[:64])


def command() -> str:
    """Return the name of the command that is at work; nothing in a server or a test."""
    found = current.get().request_id
    return found.removeprefix(COMMAND) if found.startswith(COMMAND) else ""
