"""Bring a backup into an empty place."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from liveblog.backup import BadBackup, NotEmpty, ToolFailed, restore_backup


class Command(BaseCommand):
    help = "Fills an empty database and an empty MEDIA_ROOT from a file that `backup` wrote."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file, **options):
        try:
            manifest = restore_backup(file)
        except (OSError, BadBackup, NotEmpty, ToolFailed) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        count = len(manifest["files"]) - 1
        self.stdout.write(f"Restored what was backed up at {manifest['made_at']}: the database")
        self.stdout.write(
            f"and {count} files of pictures. Run `manage.py migrate` before you start."
        )
