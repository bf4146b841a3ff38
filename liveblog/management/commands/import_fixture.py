"""Import fixtures into a running newsroom; `loaddata` is the same command under Django's name."""

from .loaddata import Command

__all__ = ["Command"]
