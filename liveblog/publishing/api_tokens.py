"""Verbs on API tokens: a chief editor makes and revokes them; each use is counted."""

import time
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from liveblog import origin
from liveblog.models import ApiToken, AuditAction, AuditEntry, Story
from liveblog.models.api_token import SHOWN, digest_of, new_token
from liveblog.notify import notify_tokens

from .audit import record
from .errors import Invalid
from .policy import require

MINUTE = 60  # seconds
MOST_RECORDED = 10_000  # uses that this process knows to be in the audit trail

_recorded: set[tuple] = set()


def create_token(
    *,
    by,
    name: str,
    person,
    scopes: Iterable[str],
    story: Story | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """Make a token for a person; returns its row and its text, which is stored nowhere."""
    require(by, "manage_tokens")
    scopes = [scope for scope in ApiToken.Scope.values if scope in set(scopes)]
    if not scopes:
        raise Invalid({"scopes": [_("Choose at least one scope.")]})
    if expires_at and expires_at <= timezone.now():
        raise Invalid({"expires_at": [_("This moment has passed.")]})
    text = new_token()
    with transaction.atomic():
        token = ApiToken.objects.create(
            name=name,
            person=person,
            scopes=scopes,
            story=story,
            expires_at=expires_at,
            digest=digest_of(text),
            beginning=text[:SHOWN],
            created_by=by,
        )
        record(AuditAction.CREATE_TOKEN, by=by, on=token, details=_described(token))
    return token, text


def _described(token) -> dict:
    return {
        "for": token.person.get_username(),
        "scopes": token.scopes,
        "story": token.story and token.story.slug,
        "expires": token.expires_at,
        "begins_with": token.beginning,
    }


def revoke_token(token: ApiToken, *, by) -> None:
    """Revoke a token for good."""
    require(by, "manage_tokens")
    rows = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    with transaction.atomic():
        if rows.update(revoked_at=timezone.now(), revoked_by=by):
            record(AuditAction.REVOKE_TOKEN, by=by, on=token)
        notify_tokens()


def use_token(text: str, *, count: int = 1) -> ApiToken | None:
    """Count `count` requests of a token, and return its row; None where nobody may use it.

    The row says how many came in the minute that `counted_minute` numbers. One statement
    counts, so requests of several processes add up.
    """
    minute = int(time.time()) // MINUTE
    row = ApiToken.objects.filter(digest=digest_of(text), revoked_at=None)
    same_minute = When(counted_minute=minute, then=F("requests_in_minute") + count)
    alive = row.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
    used = alive.update(
        requests_in_minute=Case(same_minute, default=Value(count)),
        counted_minute=minute,
        last_used_at=timezone.now(),
    )
    token = row.select_related("person", "story").first() if used else None
    if token:
        token.person.api_token = token  # history names the program beside the person
        _record_use(token)
    return token


def _record_use(token: ApiToken) -> None:
    """Put the first use of a token on a day (in UTC) from an address into the audit trail.

    What it changes is recorded as such; its reads would flood the trail.
    """
    address, now = origin.current.get().address, timezone.now()
    use = (token.digest, now.date(), address)
    if use in _recorded:
        return
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    same = {"action": AuditAction.USE_TOKEN, "object_id": str(token.pk), "address": address}
    with transaction.atomic():
        ApiToken.objects.select_for_update().get(pk=token.pk)  # of several processes one records
        if not AuditEntry.objects.filter(at__gte=day, **same).exists():
            record(AuditAction.USE_TOKEN, by=token.person, on=token)
    if len(_recorded) >= MOST_RECORDED:
        _recorded.clear()
    _recorded.add(use)
