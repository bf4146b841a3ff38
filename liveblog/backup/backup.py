"""Make a backup while the newsroom works."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from .archive import write_archive
from .databases import dump_database


def make_backup(target: Path) -> int:
    """Write database and pictures to a new file, only its owner's; returns the pictures' files.

    The database comes first: a picture is stored before its row, so that each row's file is there.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists already")
    facts = {"made_at": timezone.now().isoformat(), "database": connection.vendor}
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        dump, archive = Path(folder, "database"), Path(folder, "archive")
        dump_database(dump)
        count = write_archive(archive, database=dump, media=Path(settings.MEDIA_ROOT), facts=facts)
        archive.chmod(0o600)
        _sync(archive)
        os.link(archive, target)  # fails where somebody else made the file meanwhile
    return count


def _sync(path):
    with path.open("rb") as file:
        os.fsync(file.fileno())
