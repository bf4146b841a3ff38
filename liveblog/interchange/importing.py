"""Import a live blog that was read, in one transaction, and account for every entry."""

from collections.abc import Iterable

from django.db import transaction

from liveblog.publishing import ArchiveImport, NewFiles

from .archive import Archive
from .import_plan import CannotImport, Plan
from .ledger import Ledger
from .story_import import StoryImport
from .story_restore import StoryRestore

__all__ = ["CannotImport", "Plan", "import_archives"]


class _RolledBack(Exception):
    """Ends the transaction of an import that was only tried, or that nothing came of."""


def import_archives(archives: Iterable[Archive], format: str, plan: Plan) -> list[Ledger]:
    """Import live blogs, all or none; raises `CannotImport` or a `PublishingError`."""
    with NewFiles() as files, transaction.atomic():
        return [_import_archive(each, format, plan, files) for each in archives]


def _import_archive(archive, format, plan, files) -> Ledger:
    ledger = Ledger(format, id=archive.id, warnings=list(archive.warnings))
    for each in archive.refused:
        ledger.refuse(each.where, each.id, each.reason)
    how = StoryRestore if archive.original else StoryImport
    publishes = plan.publish and not archive.is_private
    try:
        with ArchiveImport(by=plan.by, publishes=publishes, files=files) as store:
            how(archive, plan, store, ledger).run()
            has_come = sum(ledger.counts.values()) or not ledger.refused
            ledger.story = store.story.slug if has_come and store.story else None
            if plan.dry_run or not has_come:
                raise _RolledBack
    except _RolledBack:
        pass
    return ledger
