"""A person's sessions: when each ends, where it was begun, and how to end it."""

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from liveblog import browsers, origin

SIGNED_IN, CONFIRMED, RENEWED = "signed_in_at", "password_at", "renewed_at"
ADDRESS, BROWSER = "address", "browser"
RENEW_AFTER = 300  # seconds: a session of hours need not be written with every page
CONFIRMED_FOR = 600  # seconds after which sensitive pages ask for the password again


def begin(request) -> None:
    """Note when, where and by what program somebody signed in."""
    session, now = request.session, int(time.time())
    session.update({SIGNED_IN: now, CONFIRMED: now})
    session[ADDRESS] = origin.sender_of(request) or ""
    session[BROWSER] = request.META.get("HTTP_USER_AGENT", "")[:200]
    renew(session)


def renew(session) -> None:
    """Let the session go on for hours, and never past its absolute end.

    Its expiry is a moment and not a duration: whatever saves the session leaves it alone.
    """
    now = int(time.time())
    if now - session.get(RENEWED, 0) <= RENEW_AFTER:
        return
    end = session.setdefault(SIGNED_IN, now) + settings.SESSION_LIFETIME
    session[RENEWED] = now
    session.set_expiry(datetime.fromtimestamp(min(now + settings.SESSION_COOKIE_AGE, end), UTC))


def confirm(session) -> None:
    """Note that the person has just given the password again."""
    session[CONFIRMED] = int(time.time())


def is_confirmed(session, *, within: int = CONFIRMED_FOR) -> bool:
    return time.time() - session.get(CONFIRMED, 0) <= within


@dataclass(frozen=True)
class OpenSession:
    """A session as its owner sees it; its key, which would open it, is not shown."""

    id: str
    signed_in_at: datetime | None
    address: str
    browser: str
    key: str


def of_user(user) -> list[OpenSession]:
    """Return a person's open sessions, newest first; decodes all sessions that are open."""
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    decoded = [(row.session_key, row.get_decoded()) for row in rows]
    mine = [(key, data) for key, data in decoded if data.get(SESSION_KEY) == str(user.pk)]
    mine.sort(key=lambda each: each[1].get(SIGNED_IN, 0), reverse=True)
    return [_shown(key, data) for key, data in mine]


def end(user, *, id: str = "", but: str | None = "") -> int:
    """End a person's session of that id, or all but the one of the key `but`; returns how many."""
    keys = [each.key for each in of_user(user) if id in ("", each.id) and each.key != but]
    return Session.objects.filter(session_key__in=keys).delete()[0]


def _shown(key, data) -> OpenSession:
    began = data.get(SIGNED_IN)
    return OpenSession(
        id=hashlib.sha256(key.encode()).hexdigest()[:20],
        signed_in_at=datetime.fromtimestamp(began, UTC) if began else None,
        address=data.get(ADDRESS, ""),
        browser=browsers.describe(data.get(BROWSER, "")) if data.get(BROWSER) else "",
        key=key,
    )
