"""Run the import command as a newsroom does: `bring_in(file) → (exit code, ledger)`."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command


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
    told = json.loads(account.read_text(encoding="utf-8")) if account.exists() else {}
    return code, told
