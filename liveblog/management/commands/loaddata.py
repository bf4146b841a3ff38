"""Ours, in place of Django's `loaddata`: imports fixtures through the publishing engine.

Stories are locked, what really differs takes a revision and history, and readers are notified.
`import_fixture` is its plain name.
"""

from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError

from liveblog.publishing import FixtureImport, FixtureImportError


class Command(loaddata.Command):
    help = "Import fixtures into a running newsroom, by the publishing engine; also import_fixture."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Load a story's rows also where editors changed it since its import.",
        )

    def handle(self, *labels, overwrite=False, **options):
        self.overwrite = overwrite
        try:
            super().handle(*labels, **options)
        except (FixtureImportError, DeserializationError, IntegrityError) as error:
            raise CommandError(str(error)) from error
        except (AttributeError, TypeError, ValueError) as error:
            raise CommandError(f"This is no fixture, nothing was loaded: {error}") from error

    def loaddata(self, labels):
        with FixtureImport(overwrite=self.overwrite) as self.adoption:
            super().loaddata(labels)
            self._copy_pictures(labels)
        for note in self.adoption.notes:
            self.stderr.write(note)

    def save_obj(self, obj):
        if (
            obj.object._meta.app_config in self.excluded_apps
            or type(obj.object) in self.excluded_models
        ):
            return False
        self.models.add(type(obj.object))
        self.adoption.take(obj)
        return True

    def _copy_pictures(self, labels):
        """Bring along the files that lie beside the fixture, where there are none yet."""
        folders = [Path(label).parent for label in labels if Path(label).is_absolute()]
        folders += [Path.cwd(), *map(Path, settings.FIXTURE_DIRS)]
        for picture in self.adoption.pictures:
            name = picture.file.name
            if not name or picture.file.storage.exists(name):
                continue
            found = next((each / name for each in folders if (each / name).is_file()), None)
            if found is None:
                raise CommandError(f"{name} does not lie beside the fixture. Nothing was loaded.")
            with found.open("rb") as file:
                picture.file.storage.save(name, File(file))
