"""Import a live blog from another system, or from our own export."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from liveblog.interchange.address_table import addresses_of, write_table
from liveblog.interchange.archive import Unreadable
from liveblog.interchange.files import replace_file, why_not_written
from liveblog.interchange.formats import READERS, read_file
from liveblog.interchange.formats.files import MOST_BYTES, refuse_too_large
from liveblog.interchange.importing import CannotImport, Plan, import_archives
from liveblog.interchange.ledger import sum_of
from liveblog.models import Story
from liveblog.publishing import PublishingError

NOTHING_READ, SOME_REFUSED = 2, 1  # exit codes


class Command(BaseCommand):
    help = "Brings a live blog in: WordPress, a saved page, feeds and more; see docs/moving.md."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=sorted(READERS), help="recognised when not given")
        parser.add_argument("--slug", default="", help="the story's address here")
        parser.add_argument("--into", metavar="STORY", help="add to the story of this address")
        parser.add_argument(
            "--select",
            action="append",
            default=[],
            metavar="ID",
            help="which live blogs of a file with several; “all”; may be given several times",
        )
        parser.add_argument("--list", action="store_true", help="say what is in the file, and stop")
        parser.add_argument(
            "--publish", action="store_true", help="put on air what was on air there"
        )
        parser.add_argument("--timezone", help="of times without a zone, and of the story")
        parser.add_argument("--language", default="", help="the story's language")
        parser.add_argument("--media", type=Path, metavar="DIR", help="a folder of its pictures")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")
        parser.add_argument(
            "--addresses",
            type=Path,
            metavar="FILE.csv",
            help="write a table of old and new addresses, for import_addresses",
        )
        parser.add_argument("--ledger", type=Path, metavar="FILE.json", help="write the account")

    def handle(self, *, file, **options):
        zone = _zone(options["timezone"] or settings.TIME_ZONE)
        media = options["media"]
        if media is not None and not media.is_dir():
            raise CommandError(f"--media {media}: this is no folder.", returncode=NOTHING_READ)
        _require_place("--ledger", options["ledger"])
        _require_place("--addresses", options["addresses"])
        try:
            data = _load(file)
            name, archives = read_file(data, options["format"] or "", zone=zone, now=timezone.now())
            del data
            if options["list"]:
                return self._list(archives)
            chosen = _chosen(archives, options["select"])
            ledgers = self._import(name, chosen, options)
            self._write_addresses(chosen, ledgers, options["addresses"])
        except (Unreadable, CannotImport, PublishingError) as error:
            raise CommandError(f"{file.name}: {error}.", returncode=NOTHING_READ) from error
        except (OperationalError, InterfaceError) as error:
            words = f"{file.name}: the database does not answer ({error}); nothing came in."
            raise CommandError(words, returncode=NOTHING_READ) from error
        return self._report(sum_of(ledgers), options)

    def _list(self, archives):
        for each in archives:
            columns = (each.id, each.state or "-", f"{len(each)} entries", each.headline)
            self.stdout.write("\t".join(columns))

    def _import(self, name, archives, options):
        plan = Plan(
            into=_story(options["into"]),
            slug=options["slug"],
            publish=options["publish"],
            timezone=options["timezone"] or "",
            language=options["language"],
            media=options["media"],
            dry_run=options["dry_run"],
        )
        return import_archives(archives, name, plan)

    def _write_addresses(self, archives, ledgers, path):
        if path:
            pairs = zip(archives, ledgers, strict=True)
            came = ((archive, ledger.story) for archive, ledger in pairs if ledger.story)
            rows = (row for archive, slug in came for row in addresses_of(archive, slug))
            replace_file(path, write_table(rows))

    def _report(self, account, options):
        if options["ledger"]:
            replace_file(
                options["ledger"], json.dumps(account, indent=2, ensure_ascii=False) + "\n"
            )
        for each in account["warnings"]:
            self.stderr.write(each, self.style.WARNING)
        for each in account["refused"]:
            self.stderr.write(f"{each['where']}: {each['id']}: {each['reason']}", self.style.ERROR)
        names = ("imported", "unchanged", "updated", "retracted")
        counts = ", ".join(f"{account[name]} {name}" for name in names)
        refused = len(account["refused"])
        tried = "Tried, nothing kept: " if options["dry_run"] else ""
        for each in account.get("stories", [account]):
            if each["story"]:
                self.stdout.write(f"{tried}/live/{each['story']}/")
        self.stdout.write(f"{account['entries']} entries: {counts}, {refused} refused.")
        if refused and refused == account["entries"]:
            first = account["refused"][0]
            raise CommandError(
                f"All entries were refused, so nothing came in; {first['where']}: "
                f"{first['reason']}.",
                returncode=NOTHING_READ,
            )
        if refused:
            raise CommandError(
                f"{refused} of {account['entries']} entries were refused; the rest is in.",
                returncode=SOME_REFUSED,
            )


def _require_place(option, path):
    """Refuse a file that could not be written before anything is imported."""
    if path and (reason := why_not_written(path)):
        raise CommandError(f"{option} {path}: {reason}.", returncode=NOTHING_READ)


def _load(path):
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                refuse_too_large(max(path.stat().st_size, len(data)))
            return data
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from error


def _zone(name):
    if name not in available_timezones():
        raise CommandError(
            f"--timezone {name}: there is no such time zone.", returncode=NOTHING_READ
        )
    return ZoneInfo(name)


def _story(slug):
    if slug is None:
        return None
    story = Story.objects.at_address(slug).first()
    if story is None:
        raise CommandError(f"--into {slug}: there is no such story.", returncode=NOTHING_READ)
    return story


def _chosen(archives, ids):
    """Return the live blogs to import; of several, those that --select names."""
    if ids == ["all"] or (not ids and len(archives) == 1):
        return archives
    if not ids:
        shown = ", ".join(f"{each.id} ({each.headline})" for each in archives[:10])
        raise CannotImport(
            f"it holds {len(archives)} live blogs, choose with --select ID or --select all: {shown}"
        )
    known = {each.id: each for each in archives}
    missing = [id for id in ids if id not in known]
    if missing:
        raise CannotImport(f"--select {missing[0]}: it holds no such live blog")
    return [known[id] for id in ids]
