"""A table of old and new addresses as CSV: written by an import, read back, checked by line."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.urls import Resolver404, resolve

from liveblog.batches import batches
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _
from liveblog.models import MovedAddress, Story, Update

from .archive import Archive, Unreadable
from .formats.files import decode

MOST_ROWS = 500_000
LONGEST = 500
BATCH = 500
# Answered before Django's addresses are looked at.
_BESIDE = re.compile(r"/(?:static|media|healthz|readyz|metrics)(?:/|\Z)")


class AddressProblem(ValueError):
    """A line of the table is refused."""


def addresses_of(archive: Archive, slug: str) -> Iterator[tuple[str, str]]:
    """Yield `(old, new)` of a story that came in, and of its updates that had a page each."""
    own = path_of(archive.url)
    if own:
        yield archive.url, f"/live/{slug}/"
    entries = [each for each in archive.entries if path_of(each.url) not in {"", own}]
    for batch in batches(entries, BATCH):
        old = {archive.uuid_of(each.id): each.url for each in batch}
        here = Update.objects.filter(story__slug=slug, pk__in=old).values_list("pk", flat=True)
        stored = set(here)
        yield from ((url, f"/live/{slug}/updates/{pk}/") for pk, url in old.items() if pk in stored)


def write_table(rows: Iterable[tuple[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("old", "new"))
    writer.writerows(rows)
    return text.getvalue()


def read_table(data: bytes) -> tuple[list[MovedAddress], list[str]]:
    """Read a table: rows to keep, and what is wrong with the others, by line."""
    rows, problems = {}, []
    for number, line in enumerate(_lines(decode(data)), 1):
        if number > MOST_ROWS:
            raise Unreadable(Message(_("the table has more than %(most)d lines"), most=MOST_ROWS))
        if not line or (number == 1 and line[0].strip().lower() == "old"):
            continue
        try:
            row = _row(line)
            if row.path in rows:
                raise AddressProblem(_("the old address stands in the table twice"))
            rows[row.path] = row
        except AddressProblem as error:
            problems.append(f"line {number}: {error}")
    return list(rows.values()), problems


def _lines(text):
    reader = csv.reader(io.StringIO(text, newline=None))
    try:
        yield from reader
    except csv.Error as error:
        raise Unreadable(str(error), f"line {reader.line_num}") from error


def path_of(address: str) -> str:
    """Return the path of an address, without its last slash; nothing for the site itself."""
    try:
        path = unquote(urlsplit(address.strip()).path).rstrip("/")
    except ValueError:
        return ""
    return path if path.startswith("/") else ""


def _row(line):
    if len(line) < 2:
        raise AddressProblem(_("it needs two columns: old and new"))
    path = path_of(line[0])
    if not path or len(path) > LONGEST or "\0" in path:
        raise AddressProblem(_("the old address has no path, or one too long"))
    if _is_ours(path):
        raise AddressProblem(_("the old address is one of this site's own"))
    story, update = _target(path_of(line[1]) or f"/live/{line[1].strip()}")
    return MovedAddress(path=path, story=story, update=update)


def _is_ours(path):
    if _BESIDE.match(path):
        return True
    try:
        return any(resolve(each).url_name != "not_found" for each in (path, f"{path}/"))
    except Resolver404:
        return False


def _target(path):
    parts = path.strip("/").split("/")
    if (
        parts[0] != "live"
        or len(parts) not in {2, 4}
        or (len(parts) == 4 and parts[2] != "updates")
    ):
        raise AddressProblem(_("the new address is no story's and no update's"))
    story = Story.objects.at_address(parts[1]).first()
    if story is None:
        raise AddressProblem(_("there is no story at the new address"))
    return story, _update(story, parts[3]) if len(parts) == 4 else None


def _update(story, id):
    try:
        update = Update.objects.filter(story=story, pk=UUID(id)).first()
    except ValueError:
        update = None
    if update is None:
        raise AddressProblem(_("there is no update at the new address"))
    return update
