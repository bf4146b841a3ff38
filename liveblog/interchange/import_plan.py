"""The options of an import, and the error of one that was not begun."""

from dataclasses import dataclass
from pathlib import Path

from liveblog.models import Story


class CannotImport(ValueError):
    """Nothing was changed; says why."""


@dataclass(frozen=True)
class Plan:
    """The options of an import; `by` is None for who may run commands on the server."""

    by: object = None
    into: Story | None = None
    slug: str = ""
    publish: bool = False
    timezone: str = ""
    language: str = ""
    media: Path | None = None
    dry_run: bool = False
