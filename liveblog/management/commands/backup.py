"""Write the whole newsroom to one file."""

from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import BaseCommand, CommandError

from liveblog.backup import ToolFailed, make_backup


class Command(BaseCommand):
    help = "Writes the database and the pictures to one new file, while the newsroom works."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file, **options):
        try:
            count = make_backup(file.absolute())
        except (OSError, ToolFailed) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{file}: the database and {count} files of pictures.")
        if not isinstance(default_storage, FileSystemStorage):
            self.stdout.write("Pictures lie in a bucket, and are not in it.")
