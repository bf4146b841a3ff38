"""The audit trail as CSV, a piece at a time."""

import csv
import json
from collections.abc import Iterator

from django.db.models import QuerySet

COLUMNS = [
    *("at", "person", "program", "action", "kind", "object_id", "name", "address", "request_id"),
    "details",
]
CHUNK = 1000  # entries read at once
# A spreadsheet takes a cell that begins so for a formula (OWASP: CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Lines:
    """What `csv` writes to; `write` returns the line instead."""

    def write(self, line):
        return line


def csv_lines(entries: QuerySet) -> Iterator[str]:
    """Write entries, newest first, with a heading; memory does not grow with their number."""
    writer = csv.writer(_Lines())
    yield writer.writerow(COLUMNS)
    entries, below = entries.order_by("-id"), None
    while chunk := list((entries.filter(pk__lt=below) if below else entries)[:CHUNK]):
        below = chunk[-1].pk
        yield "".join(writer.writerow(_cells(entry)) for entry in chunk)


def _cells(entry) -> list[str]:
    return [_cell(getattr(entry, column)) for column in COLUMNS]


def _cell(value) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
    return f"'{text}" if text.startswith(FORMULA) else text
