"""Who may ask the desk what: Django's session and the roles, answered as data."""

import json
from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from liveblog.models import Story
from liveblog.publishing import Busy, Conflict, Invalid, PublishingError, may
from liveblog.queries import plain_sql

from .passwords import PasswordNeeded


def answer(data: dict, status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def find_story(user, pk: int) -> Story | None:
    """Return a story that the user may see on a desk; a hidden one is as one that is not."""
    story = plain_sql.find_story(pk)
    return story if story and may(user, "view", story) else None


def desk_view(view: Callable) -> Callable:
    """Hand a view the story of its address, for people who may see it; answers are JSON.

    401 where nobody is signed in, or somebody else than the page was made for (`X-Person`):
    what one person wrote never goes out under another's name.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **kwargs):
        if not admin.site.has_permission(request):
            return answer({"error": _("You are signed out."), "reason": "signed-out"}, 401)
        person = request.headers.get("X-Person")
        if person not in (None, str(request.user.pk)):
            message = _("Somebody else is signed in now. Your text is kept and not sent.")
            return answer({"error": message, "reason": "other-person"}, 401)
        story = find_story(request.user, pk)
        if story is None:
            message = _("You can not open this story: it is gone, or you left its team.")
            return answer({"error": message}, 404)
        try:
            return view(request, story, **kwargs)
        except PublishingError as refusal:
            return answer_refusal(refusal)

    guarded.is_page = False  # nobody is led here after signing in
    return guarded


def answer_refusal(refusal: PublishingError) -> JsonResponse:
    """Say why a verb was not carried out: 409 conflict, 422 invalid, 503 busy, 403 otherwise."""
    if isinstance(refusal, Invalid):
        return answer({"error": str(refusal), "errors": refusal.errors}, 422)
    if isinstance(refusal, Conflict):
        return answer({"error": str(refusal)}, 409)
    if isinstance(refusal, PasswordNeeded):
        return answer({"error": str(refusal), "reason": "password"}, 403)
    return answer({"error": str(refusal)}, 503 if isinstance(refusal, Busy) else 403)


def read_json(request: HttpRequest) -> dict:
    """Read the body of a request; raises `Invalid` where it is no JSON object."""
    try:
        sent = _without_surrogates(json.loads(request.body or b"{}"))
    except (ValueError, RecursionError):  # the latter: nested thousands deep
        sent = None
    if not isinstance(sent, dict):
        raise Invalid({"content": [_("The text could not be read.")]})
    return sent


def _without_surrogates(value):
    """Drop halves of characters, as of a cut emoji: JSON can hold them, databases can't."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode()
    if isinstance(value, list):
        return [_without_surrogates(each) for each in value]
    if isinstance(value, dict):
        return {name: _without_surrogates(each) for name, each in value.items()}
    return value
