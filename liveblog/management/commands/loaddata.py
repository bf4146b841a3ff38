"""Ours, in place of Django's `loaddata`: imports fixtures through the publishing engine.

Stories are locked, what really differs takes a revision and history, and readers are notified.
`import_fixture` is its plain name.
"""

import lzma
import zipfile
import zlib
from contextlib import closing
from pathlib import Path
from xml.sax import SAXException  # nosec B406 # the exception alone

from django.conf import settings
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError

from liveblog.interchange import fixture_rows
from liveblog.interchange.files import is_file_in
from liveblog.interchange.fixture_files import READERS, FixtureFileError, read_rows, read_text
from liveblog.interchange.picture_sizes import MOST_BYTES, PictureError, Rendition, read_picture
from liveblog.publishing import FixtureImport, FixtureImportError, MissingParentError

# A packed fixture that is damaged or has a password, and lists within lists without end.
UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)
WRONG_ROW = (
    *(FixtureImportError, DeserializationError, ValidationError, SAXException, IntegrityError),
    *(AttributeError, TypeError, ValueError, LookupError, FieldDoesNotExist),
)


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
        except (FixtureImportError, IntegrityError) as error:
            raise CommandError(f"{str(error).rstrip('.')}. Nothing was loaded.") from error

    def loaddata(self, labels):
        with FixtureImport(overwrite=self.overwrite, allowed=self.allowed) as self.fixture:
            super().loaddata(labels)
            for picture, name in self.fixture.files.items():
                self.fixture.store(picture, _read_picture(name, labels))
        for note in self.fixture.notes:
            self.stderr.write(note)

    def load_label(self, label):
        """Read a fixture whole and in order, so that a wrong row can be named by its place."""
        for path, _folder, _name in self.find_fixtures(label):
            self.fixture_count += 1
            self.row = None
            try:
                self._load_file(path)
            except (FixtureFileError, *UNREADABLE, *WRONG_ROW) as error:
                why = _why(error, self.row)
                raise CommandError(f"{path}: {why.rstrip('.')}. Nothing was loaded.") from error

    def _load_file(self, path):
        _name, format, packed = self.parse_name(Path(path).name)
        open_file, mode = self.compression_formats[packed]
        with closing(open_file(path, mode)) as file:
            text = read_text(file)
        rows = self._noted(text, format)
        options = {"using": self.using, "ignorenonexistent": self.ignore}
        format = "python" if format in READERS else format
        for obj in serializers.deserialize(format, rows, handle_forward_references=True, **options):
            self.fixture_object_count += 1
            self.loaded_object_count += self.save_obj(obj)

    def _noted(self, text, format):
        """Return what is deserialised; of rows, the one at hand is kept for errors."""
        return self._each_noted(text, format) if format in READERS else text

    def _each_noted(self, text, format):
        rows, keys = fixture_rows.in_order(read_rows(text, format)), fixture_rows.KnownKeys()
        self.fixture.look_up(fixture_rows.update_ids(rows))
        for self.row in rows:
            yield keys.put_into(self.row.data)

    def save_obj(self, obj):
        if (
            obj.object._meta.app_config in self.excluded_apps
            or type(obj.object) in self.excluded_models
        ):
            return False
        self.models.add(type(obj.object))
        self.fixture.take(obj)
        return True


def _why(error, row) -> str:
    """Say where an error lies, and why, in one sentence."""
    if isinstance(error, DeserializationError) and error.__context__:
        error = error.__context__  # Django's own says it in lists and brackets
    said = " ".join(getattr(error, "messages", [])) or str(error)
    why = said.strip()
    if row is None or isinstance(error, FixtureFileError):
        return why
    if isinstance(error, FixtureImportError) and not isinstance(error, MissingParentError):
        return f"{row.place}: {why}"
    unasked = isinstance(error, IntegrityError)  # the transaction takes no query any more
    missing = [] if unasked else fixture_rows.missing_parents(row.data)
    return f"{row.place}: {fixture_rows.name_of(row.data)}: {'; '.join(missing) or why}"


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
