"""Write the audit trail, and delete its old entries."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from liveblog import origin
from liveblog.models import AuditAction, AuditEntry, AuditRetention, Update

from .errors import Refused

SHORTEST = 30  # days: less than that is no trail


def record(
    action: str,
    *,
    by=None,
    on: models.Model | None = None,
    name: str = "",
    details: dict | None = None,
) -> AuditEntry:
    """Add an entry to the audit trail: that `by` did `action` on a row, from the current origin.

    `name` is for what is no row, such as the account name of a failed sign-in. Call it in the
    transaction of the action. Give no text of stories or updates, and no secret, as a detail.
    """
    entry = entry_of(action, by=by, on=on, name=name, details=details)
    entry.save(force_insert=True)
    return entry


def entry_of(action: str, *, by=None, on=None, name="", details=None) -> AuditEntry:
    """Return what `record` adds, not yet written."""
    request = origin.current.get()
    return AuditEntry(
        action=action,
        person_id=getattr(by, "pk", None),
        person=by.get_username() if by else "",
        program=str(getattr(by, "api_token", "")),  # set where a program acts for a person
        address=request.address,
        request_id=request.request_id,
        kind=on._meta.model_name if on else "",
        object_id=str(on.pk) if on else "",
        name=(name or _name_of(on))[:255],
        details=details or {},
    )


def _name_of(row) -> str:
    if row is None:
        return ""
    if isinstance(row, Update):
        return row.story.slug
    return getattr(row, "slug", "") or ("" if row._meta.model_name == "picture" else str(row))


def differences(before: dict, after: dict) -> dict[str, list]:
    """Return the values that differ, as `{"field": [before, after]}`, for an entry's details."""
    return {
        name: [before.get(name), after.get(name)]
        for name in before | after
        if before.get(name) != after.get(name)
    }


def prune_trail(*, days: int) -> int:
    """Delete entries older than `days`, and record it; returns how many there were."""
    if days < SHORTEST:
        raise Refused(f"The audit trail is kept for at least {SHORTEST} days.")
    before = timezone.now() - timedelta(days=days)
    old = AuditEntry.objects.filter(at__lt=before)
    with transaction.atomic():
        permission = AuditRetention.objects.create(before=before)
        count, _models = old.delete()
        permission.delete()
        if count:
            record(AuditAction.PRUNE_TRAIL, details={"before": before, "entries": count})
    return count
