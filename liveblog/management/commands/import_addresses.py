"""Redirect another system's addresses to stories here, by a CSV of old and new."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from liveblog.interchange.address_table import read_table
from liveblog.interchange.archive import Unreadable
from liveblog.interchange.formats.files import refuse_too_large
from liveblog.publishing import keep_moved_addresses


class Command(BaseCommand):
    help = "Keeps a table of old addresses (CSV: old,new), which then redirect for good."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            refuse_too_large(file.stat().st_size)
            rows, problems = read_table(file.read_bytes())
        except (OSError, Unreadable) as error:
            raise CommandError(f"{file.name}: {error}", returncode=2) from error
        new, changed = keep_moved_addresses(rows)
        for each in problems:
            self.stderr.write(each, self.style.ERROR)
        self.stdout.write(
            f"{len(rows) + len(problems)} addresses: {new} new, {changed} changed, "
            f"{len(rows) - new - changed} unchanged, {len(problems)} refused."
        )
        if problems:
            raise CommandError("Some lines were refused; the rest is kept.", returncode=1)
