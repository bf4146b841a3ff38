"""Responses to forms that a script submitted: it can't see where a redirect leads."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse

from .form_state import form_state

SCRIPT = "X-Form-Script"  # as in post.js


def is_sent_by_script(request: HttpRequest) -> bool:
    return SCRIPT in request.headers


def answer_script(request: HttpRequest, response: HttpResponse, sign_in: str) -> HttpResponse:
    """Turn a redirect into data for a script: where to go, and the version that was saved.

    Where it leads to the page `sign_in`, nothing was saved, and the answer is 401.
    """
    address = response.headers.get("Location")
    if address is None or not is_sent_by_script(request):
        return response
    if urlsplit(address).path == sign_in:
        return JsonResponse({"isSignedOut": True}, status=401)
    saved = form_state(request).saved
    return JsonResponse({"next": address, "version": getattr(saved, "version", None)})
