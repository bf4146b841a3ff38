"""Move stories as a newsroom does: `bring_in(file) → (exit code, ledger)`, and out again."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from liveblog.interchange.export import export_story
from liveblog.models import (
    Correction,
    OldAddress,
    Person,
    Picture,
    Source,
    Story,
    Topic,
    Update,
    Version,
)


def bring_in(source: Path | str, folder: Path, **options) -> tuple[int, dict]:
    """Import a file; the ledger is empty where nothing was read."""
    account = folder / "ledger.json"
    account.unlink(missing_ok=True)
    code = 0
    try:
        call_command(
            "import_story", source, ledger=account, stdout=StringIO(), stderr=StringIO(), **options
        )
    except CommandError as error:
        code = error.returncode
    ledger = json.loads(account.read_text(encoding="utf-8")) if account.exists() else {}
    return code, ledger


def exported(story: Story, path: Path) -> Path:
    path.write_bytes(b"".join(export_story(story, "liveblog").chunks))
    return path


def empty_the_newsroom() -> None:
    Version.objects.all().delete()
    Correction.objects.all().delete()
    OldAddress.objects.all().delete()
    Update.objects.all().delete()
    Story.objects.all().delete()
    for model in (Picture, Source, Person, Topic):
        model.objects.all().delete()
