"""An import's pictures: their rows, and files from a folder beside it, found by their names."""

import os
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from liveblog.batches import batches
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _
from liveblog.models import Picture, Source
from liveblog.publishing import ArchiveImport, SharedRows

from .archive import Archive, one_line
from .files import is_file_in
from .picture_sizes import PictureError, Rendition, is_picture, read_picture

BATCH = 500
MOST_FILES = 200_000
MOST_BYTES = 20 * 2**20  # of one file
_SIZED = re.compile(r"-(?:\d{2,5}x\d{2,5}|scaled|e\d{10,13})(?=\.\w+$)")  # WordPress's copies


class MediaFolder:
    """The files under a folder by their names; none where there is no folder."""

    def __init__(self, folder: Path | None):
        self.folder, self.files = folder, {}
        if folder is None:
            return
        for place, _folders, names in os.walk(folder):
            for name in names:
                self.files.setdefault(name.lower(), Path(place, name))
            if len(self.files) > MOST_FILES:
                break

    def draw(self, name: str) -> tuple[list[Rendition], str]:
        """Return a picture in its sizes, or nothing and what is wrong with its file."""
        path = self._find(name) or self._find(_SIZED.sub("", name))
        if path is None:
            return [], ""
        try:
            with path.open("rb") as file:
                return read_picture(file.read(MOST_BYTES + 1), most_bytes=MOST_BYTES), ""
        except (PictureError, OSError) as error:
            words = _("the picture %(name)s can't be used: %(reason)s")
            return [], Message(words, name=name, reason=error)

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return the pictures of these names as they are; whatever is none is left out."""
        found = {name: self._find(name.rpartition("/")[2]) for name in names}
        sized = {n: p for n, p in found.items() if p and p.stat().st_size <= MOST_BYTES}
        read = {name: path.read_bytes() for name, path in sized.items()}
        return {name: data for name, data in read.items() if is_picture(data)}

    def _find(self, name) -> Path | None:
        path = self.files.get(name.lower())
        return path if path and is_file_in(self.folder, path) else None


def picture_rows(archive: Archive, shared: SharedRows, now: datetime) -> list[Picture]:
    """Return a row for each picture of a live blog, without its file."""
    return [_row(id, each, shared, now) for id, each in archive.pictures.items()]


def _row(id, picture, shared, now):
    credit = shared.find(Source, picture.credit) if picture.credit else None
    alt = one_line(picture.alt or picture.caption or picture.file_name, 500)
    return Picture(id=id, alt=alt, caption=picture.caption[:1000], credit=credit, created_at=now)


def add_files(
    folder: MediaFolder, archive: Archive, rows: list[Picture], store: ArchiveImport | None
) -> tuple[list[str], list[str]]:
    """Add the folder's files to pictures without one: `(missing names, problems)`.

    Nothing is stored without a `store`.
    """
    missing, problems = [], []
    for row in _without_file(rows):
        picture = archive.pictures[row.pk]
        if not picture.has_file:
            continue
        drawn, problem = folder.draw(picture.file_name)
        problems += [problem] if problem else []
        if not drawn:
            missing.append(picture.file_name)
        elif store is not None:
            store.add_files(row, drawn)
    return missing, problems


def _without_file(rows):
    ids = [each.pk for each in rows]
    for batch in batches(ids, BATCH):
        yield from Picture.objects.filter(pk__in=batch, file="")
