"""The database is down: say so to editors, and return the form that they sent."""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

COME_BACK = "10"  # seconds


class DatabaseAwayMiddleware:
    """Answer 503 on the admin's pages, with the submitted form ready to be sent again.

    Where the answer to COMMIT is lost nobody knows whether it took effect. An update's id comes
    from its form, so the form may be sent any number of times, and is published once.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        is_away = isinstance(exception, (OperationalError, InterfaceError))
        if not is_away or not request.path.startswith("/admin/"):
            return None
        logger.warning("The database does not answer: %s", exception)
        headers = {"Retry-After": COME_BACK, "Cache-Control": "private, no-store"}
        return HttpResponse(_page(request), status=503, headers=headers)


def _page(request) -> str:
    # Without the request: the database may be down, and request.user would query it.
    view = request.resolver_match.url_name or ""
    context = {
        "address": request.get_full_path(),
        "was_sent": request.method == "POST",
        "is_update": "client_id" in request.POST,  # the composer's; other verbs have no such id
        "sent": _sent(request) if view.startswith("liveblog_") else [],
        "site_title": settings.SITE_NAME,
        "site_header": settings.SITE_NAME,
    }
    return render_to_string("admin/liveblog/database_away.html", context)


def _sent(request) -> list[tuple[str, str]]:
    """Return the submitted fields; none of forms with passwords."""
    return [(name, value) for name, values in request.POST.lists() for value in values]
