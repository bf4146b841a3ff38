"""Where the current work comes from: a request and its sender's address, or a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address
from typing import NamedTuple


class Origin(NamedTuple):
    """`address` is set for the admin and the API alone: no reader's address is ever stored."""

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


@contextmanager
def coming_from(request_id: str, address: str | None) -> Iterator[None]:
    """Let what is done within say that it comes from there."""
    before = current.set(Origin(request_id, address))
    try:
        yield
    finally:
        current.reset(before)


def sender_of(request) -> str | None:
    """Return the address that a request is from, if it is one that can be kept."""
    return address_of(request.META.get("REMOTE_ADDR", ""))


def address_of(text: str) -> str | None:
    """Return an IP address that can be kept: a proxy may call one what PostgreSQL refuses."""
    address = text.partition("%")[0]
    try:
        ip_address(address)
    except ValueError:
        return None
    return address
