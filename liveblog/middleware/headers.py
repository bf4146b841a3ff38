"""Headers against misuse that Django has no setting for."""

from django.conf import settings

POLICY = "Permissions-Policy"


class SafetyHeadersMiddleware:
    """Switch off what no page needs of a browser, and keep editors' pages out of every cache.

    W3C Permissions Policy; RFC 9111, 5.2.2.5. The scripts' words (`jsi18n/`) are no exception:
    they are in the editor's language.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        features = settings.PERMISSIONS_POLICY.items()
        self.policy = ", ".join(f"{name}=({' '.join(allowed)})" for name, allowed in features)

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(POLICY, self.policy)
        if request.path.startswith("/admin/"):
            response.headers["Cache-Control"] = "private, no-store"
        return response
