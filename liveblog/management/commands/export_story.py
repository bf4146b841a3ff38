"""Export a story, in a format of another system or our own."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from liveblog.interchange.export import FORMATS, export_story
from liveblog.interchange.files import replace_file
from liveblog.models import Story
from liveblog.publishing import PublishingError


class Command(BaseCommand):
    help = "Takes a story out; “liveblog” holds everything, the others what readers see."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the story's address")
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here")

    def handle(self, *, slug, output, **options):
        story = Story.objects.at_address(slug).first()
        if story is None:
            raise CommandError(f"There is no story “{slug}”.", returncode=2)
        try:
            chunks = export_story(story, options["format"]).chunks
        except PublishingError as error:
            raise CommandError(str(error), returncode=2) from error
        if output is None:
            self._print(chunks)
            return
        try:
            replace_file(output, chunks)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}", returncode=2) from error

    def _print(self, chunks):
        binary = getattr(self.stdout, "buffer", None) or getattr(sys.stdout, "buffer", None)
        if binary and self.stdout._out is sys.stdout:
            binary.writelines(chunks)
            binary.flush()
        else:
            for chunk in chunks:
                self.stdout.write(chunk.decode(), ending="")
