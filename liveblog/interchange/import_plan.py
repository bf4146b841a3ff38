"""What whoever imports asked for, and why an import was not begun."""

from dataclasses import dataclass
from pathlib import Path

from liveblog.models import Story


class CannotImport(ValueError):
    """Nothing was changed; says why."""


@dataclass(frozen=True)
class Plan:
    """What whoever imports asked for; `by` is None for who may run commands on the server."""

    by: object = None
    into: Story | None = None
    slug: str = ""
    publish: bool = False
    timezone: str = ""
    language: str = ""
    media: Path | None = None
    dry_run: bool = False
