"""A plain-text document → a fixture, on standard output or into a file."""

import os
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from liveblog.interchange import document as documents
from liveblog.interchange import fixture
from liveblog.interchange.document import picture_list, timing
from liveblog.slugs import slugify

MOST_IN_SLUG = 80


class Command(BaseCommand):
    help = "Turns a plain-text document into a fixture for loaddata."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("document", type=Path, help="the document, UTF-8 text")
        parser.add_argument("--slug", help="the story's address; else made from its headline")
        parser.add_argument(
            "--date",
            metavar="2024-10-25T10:00",
            help="local time of the first update on the page; times in the text win",
        )
        parser.add_argument(
            "--every",
            type=int,
            default=20,
            metavar="MINUTES",
            help="minutes between updates without times, backwards (20)",
        )
        parser.add_argument("--timezone", help="the story's time zone, as Europe/Madrid")
        parser.add_argument("--language", help="the story's language, as en or pt-BR")
        parser.add_argument(
            "--oldest-first",
            action="store_true",
            help="the document begins with its oldest update",
        )
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here")

    def handle(self, *, document, output, **options):
        try:
            self._build(document, output, **options)
        except documents.DocumentError as error:
            raise CommandError(str(error)) from error
        except documents.ScheduleError as error:
            raise CommandError(f"{error}.") from error

    def _build(self, path, output, **options):
        newest = _newest(options["date"])
        story = documents.parse(_load(path), newest=newest)
        timezone = self._chosen("timezone", options["timezone"], story.timezone, settings.TIME_ZONE)
        language = self._chosen(
            "language", options["language"], story.language, settings.LANGUAGE_CODE
        )
        zone = _zone(timezone)
        _check_language(language)
        planned = documents.plan(
            [update.moment for update in story.updates],
            zone=zone,
            now=datetime.now(UTC),
            page=story.updated,
            newest=newest and _in_utc(newest, zone),
            every=_every(options["every"]),
            oldest_first=options["oldest_first"],
        )
        pictures = _pictures(picture_list.picture_list_of(path))
        for note in (*planned.notes, *_unplaced(story), *story.notes, *_left_out(story)):
            self._say(str(note))
        rows = fixture.rows(
            story,
            planned,
            slug=self._slug(options["slug"], story),
            language=language,
            timezone=timezone,
            listed_pictures=pictures,
        )
        self._write(fixture.to_json(rows), output)

    def _chosen(self, what, value, found, otherwise):
        if value is not None:
            return value
        is_found = found and found != otherwise
        self._say(
            f"no --{what}: {found}, from the text" if is_found else f"no --{what}: {otherwise}"
        )
        return found or otherwise

    def _slug(self, slug, story):
        if slug is not None:
            if len(slug) <= MOST_IN_SLUG and re.fullmatch(r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*", slug):
                return slug
            raise CommandError(
                f"--slug {slug}: an address has lower-case letters, digits and hyphens, "
                f"{MOST_IN_SLUG} at most."
            )
        made = slugify(story.headline)
        if not made:
            raise CommandError(f"line {story.headline_line}: give --slug; the headline makes none.")
        self._say(f"no --slug: {made}, from the headline")
        return made

    def _say(self, note):
        self.stderr.write(note, self.style.NOTICE)

    def _write(self, content, output):
        if output is None:
            self.stdout.write(content, ending="")
            return
        try:
            _replace(output, content.encode())
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error


def _load(path):
    try:
        return documents.load(path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _zone(name):
    if name not in available_timezones():
        raise CommandError(f"--timezone {name}: there is no such time zone.")
    return ZoneInfo(name)


def _check_language(language):
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) or len(language) > 35:
        raise CommandError(f"--language {language}: give it as en, es or pt-BR.")


def _every(minutes):
    if minutes < 1:
        raise CommandError(f"--every {minutes}: at least 1 minute.")
    try:
        return timedelta(minutes=minutes)
    except OverflowError:
        raise CommandError(f"--every {minutes}: too long.") from None


def _newest(date):
    if date is None:
        return None
    try:
        if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", date):
            raise ValueError(date)
        return datetime.fromisoformat(date)
    except ValueError:
        raise CommandError(f"--date {date}: give it as 2024-10-25T10:00.") from None


def _in_utc(newest, zone):
    try:
        return timing.to_moment(newest, zone)
    except OverflowError:
        raise CommandError(f"--date {newest}: give it as 2024-10-25T10:00.") from None


def _pictures(path):
    if not path.is_file():
        return []
    try:
        return picture_list.read_picture_list(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise CommandError(f"{path.name}: this is not UTF-8.") from None
    except documents.DocumentError as error:
        raise CommandError(f"{path.name}: {error.problems[0].reason}.") from error


def _unplaced(story):
    for picture in story.pictures[1:]:
        yield f"line {picture.line}: only the first picture leads the story; this one is kept aside"


def _left_out(story):
    for each in story.left_out:
        yield f"line {each.line}: left out: “{each.text}” ({each.reason})"


def _replace(path, data):
    """Write a file atomically."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
