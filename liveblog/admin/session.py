"""Editors stay signed in for as long as they work: every page of the admin renews the session."""


class RollingSessionMiddleware:
    """Renew the session on the admin's pages alone: readers' pages read and set no cookie."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            # A form's heartbeat is no work: it would write, and keep a forgotten tab signed in.
            request.session.modified |= not getattr(request, "is_beat", False)
        return response
