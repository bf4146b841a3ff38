"""Beats of open forms: who has one open says so every few seconds, and learns who else has."""

from django.http import HttpRequest, JsonResponse

from liveblog.editing import presence


def answer_beat(request: HttpRequest, key, story_id: int | None = None) -> JsonResponse:
    """Note a beat and name the others; without a `key` nobody is noted and nobody named.

    `?unsaved=1` comes from forms with words that the server has not got, `?left=1` from
    forms that are closed. A beat does not move the session's end.
    """
    request.is_beat = True
    others = []
    if key is not None and "left" in request.GET:
        presence.leave(key, request.user)
    elif key is not None:
        unsaved = "unsaved" in request.GET
        others = presence.beat(key, request.user, story_id, is_unsaved=unsaved)
    return JsonResponse({"person": request.user.pk, "others": others})
