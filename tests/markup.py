"""Read pages as strictly as HTML can be read."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import html5lib

from .tools import NO_VNU, find_vnu, note_absence

# Standard CSS (css-contain-3) that the checker does not know yet.
UNKNOWN_CSS = ("CSS: “container-type”: Property", "CSS: Unrecognized at-rule “@container”")


def problems_in(*pages: str | bytes) -> list[str]:
    """Read whole pages with html5lib, and with the Nu HTML checker where this machine has it.

    Give all pages of a test in one call: the checker takes two seconds to start. It reads them in
    `make test` on SQLite alone: on PostgreSQL they are the same pages, and `make quick` is quick.
    """
    texts = [each.decode() if isinstance(each, bytes) else each for each in pages]
    problems = [found for text in texts for found in _parse_errors(text)]
    if os.environ.get("TEST_DATABASE") == "postgresql" or "QUICK" in os.environ:
        return problems
    checker = find_vnu()
    if checker is None:
        note_absence(NO_VNU)
        return problems
    return problems + _checkers_errors(checker, texts)


def _parse_errors(text: str) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return [f"{line}:{column}: {code} {data}" for (line, column), code, data in parser.errors]


def _checkers_errors(checker: list[str], texts: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.html") for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text)
        result = subprocess.run(
            [*checker, "--exit-zero-always", "--format", "json", "--stdout", *files],
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )
    return [
        f"{each.get('lastLine')}:{each.get('lastColumn')}: {each['message']} {each.get('extract')}"
        for each in json.loads(result.stdout)["messages"]
        if each["type"] != "info" and not each["message"].startswith(UNKNOWN_CSS)
    ]
