"""Editors stay signed in for as long as they work: the pages of the admin renew the session."""

import time

RENEW_AFTER = 300  # seconds: a session of hours need not be written with every page
RENEWED = "renewed_at"


class RollingSessionMiddleware:
    """Renew the session on the admin's pages alone: readers' pages read and set no cookie."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # A form's heartbeat is no work: it would write, and keep a forgotten tab signed in.
        is_work = request.path.startswith("/admin/") and not getattr(request, "is_beat", False)
        # An error of the server may be the database's, which the user would be asked of.
        if is_work and response.status_code < 500 and request.user.is_authenticated:
            _renew(request.session)
        return response


def _renew(session):
    now = int(time.time())
    if now - session.get(RENEWED, 0) > RENEW_AFTER:
        session[RENEWED] = now
