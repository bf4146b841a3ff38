"""Reject requests that are too large by their Content-Length, before reading them."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

FORM = 2**20  # bytes round a picture


def most_bytes() -> int:
    """Return how long a request's body may be."""
    return settings.PICTURE_MAX_MB * 2**20 + FORM


class BoundedUploadMiddleware:
    """Answer 413 (RFC 9110, 15.5.14) to a body longer than any of our forms.

    Before the CSRF check, which reads the form. WSGI gives a body no further than
    its Content-Length, so one without has nothing to read.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > most_bytes():
            return _too_large(request)
        return self.get_response(request)


def _too_large(request):
    is_program = request.path.startswith("/api/")
    message = (
        _("The request's body has more than %(most)d MB, which is the most. Nothing was changed.")
        if is_program
        else _("The file has more than %(most)d MB, which is the most. Nothing was changed.")
    )
    message %= {"most": settings.PICTURE_MAX_MB}
    if is_program:  # RFC 9457
        problem = {"type": "about:blank", "title": "Content Too Large", "status": 413}
        body = {**problem, "detail": message}
        return JsonResponse(body, status=413, content_type="application/problem+json")
    if request.accepts("text/html"):
        return HttpResponse(message, status=413, content_type="text/plain; charset=utf-8")
    return JsonResponse({"errors": {"upload": [message]}}, status=413)
