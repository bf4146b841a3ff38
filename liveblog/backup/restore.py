"""Bring a backup into an empty place."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from liveblog.publishing import renew_epochs

from .archive import BadBackup, check_archive, unpack
from .databases import is_empty, load_database


class NotEmpty(Exception):
    """There is a newsroom here already."""


def restore_backup(source: Path) -> dict:
    """Fill the empty database and MEDIA_ROOT, or leave both as they are; returns the manifest."""
    manifest, media = check_archive(source), Path(settings.MEDIA_ROOT)
    if manifest["database"] != connection.vendor:
        raise BadBackup(f"it is of {manifest['database']}, and DATABASE_URL is {connection.vendor}")
    _refuse_what_is_there(media)
    media.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media, prefix=".restore-") as folder:
        dump, pictures = Path(folder, "database"), Path(folder, "media")
        pictures.mkdir()
        unpack(source, database=dump, media=pictures)
        load_database(dump)
        for each in pictures.iterdir():
            each.rename(media / each.name)
    # Readers who saw what came after the backup hold cursors that will name other changes.
    renew_epochs()
    # Some of them were ended after the backup was made.
    Session.objects.all().delete()
    return manifest


def _refuse_what_is_there(media):
    if not is_empty():
        raise NotEmpty("the database has tables already")
    if media.is_dir() and any(media.iterdir()):
        raise NotEmpty(f"{media} has files already")
