"""Who asks: a token, the person for whom it acts, and what it may be used for."""

import re
import time

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase

from liveblog.accounts import NewsroomBackend
from liveblog.models import ApiToken, Story
from liveblog.publishing import may, use_token

from .problems import Problem, not_found

HEADER = re.compile(r"bearer +(lb_[-\w]{10,100})\Z", re.ASCII | re.IGNORECASE)
REALM = 'Bearer realm="liveblog"'
MINUTE = 60  # seconds


class Bearer(AuthBase):
    """`Authorization: Bearer lb_…` (RFC 6750); each request that is let in is counted."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request) -> ApiToken:
        text = read_token(request.headers.get("Authorization", ""))
        if text is None:
            raise _unauthenticated(_("Send a token: “Authorization: Bearer lb_…”."), REALM)
        token = use_token(text)
        if token is None or not may_act(token.person):
            reason = _("This token is unknown, revoked or expired, or its person may not sign in.")
            raise _unauthenticated(reason, f'{REALM}, error="invalid_token"')
        if token.requests_in_minute > settings.API_RATE:
            raise _too_many()
        return token


def read_token(header: str) -> str | None:
    """Return the token of an Authorization header; None where there is none of ours."""
    found = HEADER.match(header)
    return found[1] if found else None


def may_act(person: User) -> bool:
    """Tell whether a person could sign in to the admin now."""
    return person.is_staff and NewsroomBackend().user_can_authenticate(person)


def require_scope(token: ApiToken, scope: str) -> None:
    if scope not in token.scopes:
        reason = _("This token does not have the scope “%(scope)s”.") % {"scope": scope}
        headers = {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'}
        raise Problem(403, reason, headers=headers)


def stories_of(token: ApiToken):
    """Return the stories that a token may see."""
    stories = Story.objects.filter(pk=token.story_id) if token.story_id else Story.objects.all()
    if not may(token.person, "view"):
        return stories.none()
    is_everywhere = may(token.person, "edit_story")
    return stories if is_everywhere else stories.open_to(token.person)


def find_story(token: ApiToken, slug: str) -> Story:
    """Find a story under its address, or one that it had before."""
    story = stories_of(token).at_address(slug).first()
    if story is None:
        raise not_found()
    return story


def _unauthenticated(detail, challenge):
    return Problem(401, detail, headers={"WWW-Authenticate": challenge})


def _too_many():
    wait = MINUTE - int(time.time()) % MINUTE
    reason = _("More than %(rate)d requests in a minute.") % {"rate": settings.API_RATE}
    return Problem(429, reason, headers={"Retry-After": str(wait)})
