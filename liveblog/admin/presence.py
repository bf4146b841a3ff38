"""Heartbeats of open forms: each tells the server that it is open, and who else has it open."""

from django.http import HttpRequest, JsonResponse

from liveblog.editing import presence


def answer_beat(request: HttpRequest, key, story_id: int | None = None) -> JsonResponse:
    """Record a heartbeat and return the other editors; without a `key` do neither.

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
