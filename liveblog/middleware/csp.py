"""Content-Security-Policy headers, by the setting names of Django 6 (which replaces this file).

W3C Content Security Policy Level 3. Readers' pages are strict; the admin's
allow what CKEditor 4 can't do without. A view that sent its own policy keeps it.
"""

from django.conf import settings

HEADER = "Content-Security-Policy"


def build_policy(sources: dict[str, list[str]]) -> str:
    """Write a policy's directives as the header's value."""
    return "; ".join(f"{directive} {' '.join(values)}" for directive, values in sources.items())


class ContentSecurityPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.readers = build_policy(settings.SECURE_CSP)
        self.editors = build_policy(settings.SECURE_CSP_EDITORS)

    def __call__(self, request):
        response = self.get_response(request)
        policy = self.editors if request.path.startswith("/admin/") else self.readers
        response.headers.setdefault(HEADER, policy)
        return response
