"""Ours, in place of Django's `loaddata`: imports fixtures through the publishing engine.

Stories are locked, what really differs takes a revision and history, and readers are notified.
`import_fixture` is its plain name.
"""

import lzma
import zipfile
import zlib
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError

from liveblog.interchange.files import is_file_in
from liveblog.interchange.picture_sizes import MOST_BYTES, PictureError, Rendition, read_picture
from liveblog.publishing import FixtureImport, FixtureImportError

# A packed fixture that is damaged, and lists within lists without end.
UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RecursionError)


class Command(loaddata.Command):
    help = "Import fixtures into a running newsroom, by the publishing engine; also import_fixture."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Load a story's rows also where editors changed it since its import.",
        )

        parser.add_argument(
            "--allow",
            action="append",
            default=[],
            metavar="APP.MODEL",
            help="Take rows of this model (or app) too, which are no part of a story: auth.user, "
            "liveblog.version (history), … Only from files that you trust.",
        )

    def handle(self, *labels, overwrite=False, allow=(), **options):
        self.overwrite, self.allowed = overwrite, allow
        try:
            super().handle(*labels, **options)
        except (FixtureImportError, DeserializationError, IntegrityError) as error:
            raise CommandError(str(error)) from error
        except (AttributeError, TypeError, ValueError, *UNREADABLE) as error:
            raise CommandError(f"This is no fixture, nothing was loaded: {error}") from error

    def loaddata(self, labels):
        with FixtureImport(overwrite=self.overwrite, allowed=self.allowed) as self.fixture:
            super().loaddata(labels)
            for picture, name in self.fixture.files.items():
                self.fixture.store(picture, _read_picture(name, labels))
        for note in self.fixture.notes:
            self.stderr.write(note)

    def save_obj(self, obj):
        if (
            obj.object._meta.app_config in self.excluded_apps
            or type(obj.object) in self.excluded_models
        ):
            return False
        self.models.add(type(obj.object))
        self.fixture.take(obj)
        return True


def _read_picture(name, labels) -> list[Rendition]:
    """Read a picture's file beside its fixture, as an upload is read."""
    folders = [Path(label).parent for label in labels if Path(label).is_absolute()]
    folders += [Path.cwd(), *map(Path, settings.FIXTURE_DIRS)]
    found = next((each / name for each in folders if is_file_in(each, name)), None)
    if found is None:
        raise CommandError(f"{name} does not lie beside the fixture. Nothing was loaded.")
    try:
        with found.open("rb") as file:
            return read_picture(file.read(MOST_BYTES + 1))
    except PictureError as error:
        raise CommandError(f"{name}: {error} Nothing was loaded.") from error
