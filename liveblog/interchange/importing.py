"""Import a live blog that was read, in one transaction, and account for every entry."""

from collections.abc import Iterable

from django.db import transaction

from liveblog.publishing import ArchiveImport

from .archive import Archive
from .import_plan import CannotImport, Plan
from .ledger import Ledger
from .story_import import StoryImport
from .story_restore import StoryRestore

__all__ = ["CannotImport", "Plan", "import_archive", "import_archives"]


class _RolledBack(Exception):
    """Ends the transaction of an import that was only tried, or that nothing came of."""


def import_archives(archives: Iterable[Archive], format: str, plan: Plan) -> list[Ledger]:
    """Import live blogs, all or none; raises `CannotImport` or a `PublishingError`."""
    with transaction.atomic():
        return [import_archive(each, format, plan) for each in archives]


def import_archive(archive: Archive, format: str, plan: Plan) -> Ledger:
    """Import one live blog; raises `CannotImport` or a `PublishingError`, and kept nothing."""
    ledger = Ledger(format, id=archive.id, warnings=list(archive.warnings))
    for each in archive.refused:
        ledger.refuse(each.where, each.id, each.reason)
    how = StoryRestore if archive.original else StoryImport
    try:
        with ArchiveImport(by=plan.by, publishes=plan.publish and not archive.is_private) as store:
            how(archive, plan, store, ledger).run()
            has_come = sum(ledger.counts.values()) or not ledger.refused
            ledger.story = store.story.slug if has_come and store.story else None
            if plan.dry_run or not has_come:
                raise _RolledBack
    except _RolledBack:
        pass
    return ledger
