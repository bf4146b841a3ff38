"""A plain-text document → a fixture for `loaddata`."""

import zoneinfo
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from liveblog.interchange.document import read_document
from liveblog.interchange.fixture import read_companions, write_fixture
from liveblog.interchange.planning import Wishes, plan_document
from liveblog.interchange.text import MOST_BYTES, DocumentError
from liveblog.slugs import slugify


def read_date(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo:
        raise ValueError("without a zone")
    return moment


def read_minutes(text: str) -> timedelta:
    if float(text) <= 0:
        raise ValueError("above zero")
    return timedelta(minutes=float(text))


def read_zone(text: str) -> str:
    if text not in zoneinfo.available_timezones():
        raise ValueError("as Europe/Madrid")
    return text


def read_slug(text: str) -> str:
    if slugify(text, max_length=80) != text:
        raise ValueError("lower-case letters, digits and hyphens")
    return text


read_date.__name__, read_minutes.__name__ = "local date (2024-10-25T10:00)", "number of minutes"
read_zone.__name__, read_slug.__name__ = "time zone", "address"


class Command(BaseCommand):
    help = "Make a fixture of a plain-text document; what was assumed goes to standard error."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("document", type=Path)
        parser.add_argument("--slug", type=read_slug)
        parser.add_argument("--date", type=read_date, help="local moment of the newest update")
        parser.add_argument("--every", type=read_minutes, default="20", help="minutes between two")
        parser.add_argument("--timezone", type=read_zone, help="as Europe/Madrid")
        parser.add_argument("--language", help="as en, es, uk")
        parser.add_argument("--oldest-first", action="store_true")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE")

    def handle(self, *, document, output, **options):
        wished = {name: options[name] for name in Wishes.__dataclass_fields__}
        text = read_document(_read(document)) if document.is_file() else None
        if text is None:
            raise CommandError(f"{document}: there is no such file")
        planned = plan_document(
            text,
            Wishes(**wished),
            now=timezone.now(),
            timezone=settings.TIME_ZONE,
            language=settings.LANGUAGE_CODE,
        )
        for line in planned.assumed:
            self.stderr.write(f"assumed {line}")
        fixture = write_fixture(text, planned.plan, read_companions(document))
        if output:
            output.write_text(fixture, encoding="utf-8", newline="\n")
        else:
            self.stdout.write(fixture, ending="")

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except DocumentError as error:
            told = "\n".join(f"{options['document']}: {each}" for each in error.problems)
            raise CommandError(told) from error
        except (ValueError, OSError) as error:
            raise CommandError(f"{options['document']}: {error}") from error


def _read(path: Path) -> bytes:
    """Read a file, one byte more than may be at most: a larger one is not read whole."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)
