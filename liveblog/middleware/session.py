"""Renew the session on the admin's pages, so editors stay signed in while they work."""

from liveblog import sessions


class RollingSessionMiddleware:
    """Renew it nowhere else: readers' pages read and set no cookie."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # A form's heartbeat is no work: it would write, and keep a forgotten tab signed in.
        is_work = request.path.startswith("/admin/") and not getattr(request, "is_beat", False)
        # On a server error the database may be down, and request.user would query it.
        if is_work and response.status_code < 500 and request.user.is_authenticated:
            sessions.renew(request.session)
        return response
