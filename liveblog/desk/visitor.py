"""Who asks for a desk's stream: Django's own session, read outside Django's request path."""

from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.utils.translation import get_language_from_request

from liveblog import second_factor
from liveblog.accounts import name_of
from liveblog.models import Story

from .guard import find_story


@dataclass(frozen=True)
class Visitor:
    """Somebody who may see a story's desk: their session, name and language."""

    session_key: str
    user_id: int
    name: str
    story_id: int
    language: str


def admit(headers: list[tuple[bytes, bytes]], story_id: int) -> Visitor | int:
    """Return the visitor of a request's headers, or the status that refuses them."""
    request = HttpRequest()
    found = {name: value.decode("latin-1") for name, value in headers}
    request.COOKIES = parse_cookie(found.get(b"cookie", ""))
    request.META["HTTP_ACCEPT_LANGUAGE"] = found.get(b"accept-language", "")
    user = _user_of(request, request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    if user is None:
        return 401
    if find_story(user, story_id) is None:
        return 404
    language = get_language_from_request(request)
    return Visitor(request.session.session_key, user.pk, name_of(user), story_id, language)


def find_user_and_story(visitor: Visitor) -> tuple[object, Story] | None:
    """Return user and story as they are now; None once the visitor may not see it any more."""
    user = _user_of(HttpRequest(), visitor.session_key)
    if user is None or user.pk != visitor.user_id:
        return None
    story = find_story(user, visitor.story_id)
    return (user, story) if story else None


def _user_of(request, session_key):
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(session_key)
    request.user = user = get_user(request)
    is_in = user.is_active and user.is_staff and not second_factor.is_missing(request)
    return user if is_in else None
