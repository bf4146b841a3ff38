"""Store redirects from another system's addresses to the stories that moved here."""

from collections.abc import Iterable

from django.db import transaction

from liveblog.batches import batches
from liveblog.models import AuditAction, MovedAddress

from .audit import record

BATCH = 500


def keep_moved_addresses(rows: Iterable[MovedAddress]) -> tuple[int, int]:
    """Save all addresses or none; return `(number of new ones, number of changed ones)`."""
    coming = {each.path: each for each in rows}
    with transaction.atomic():
        changed = 0
        known = set()
        for row in _stored(coming):
            known.add(row.path)
            to = coming[row.path]
            if (row.story_id, row.update_id) != (to.story_id, to.update_id):
                row.story_id, row.update_id = to.story_id, to.update_id
                row.save(update_fields=["story", "update"])
                changed += 1
        new = [each for path, each in coming.items() if path not in known]
        MovedAddress.objects.bulk_create(new, batch_size=BATCH)
        if new or changed:
            count = {"new": len(new), "changed": changed}
            record(AuditAction.MOVE_ADDRESSES, details=count)
    return len(new), changed


def _stored(paths):
    """Yield and lock the rows of these paths, a part at a time: databases bound a query."""
    for some in batches(sorted(paths), BATCH):
        yield from MovedAddress.objects.select_for_update().filter(path__in=some)
