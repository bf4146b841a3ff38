"""Content-Security-Policy headers, by the setting names of Django 6 (which replaces this file).

W3C Content Security Policy Level 3. Readers' pages and previews of them are strict; the admin's
allow what CKEditor 4 can't do without. A view that sent its own policy keeps it.
"""

import re

from django.conf import settings

HEADER = "Content-Security-Policy"
PREVIEW = re.compile(r"/admin/liveblog/(?:story|update)/[-\w]+/preview/\Z")


def build_policy(sources: dict[str, list[str]]) -> str:
    """Write a policy's directives as the header's value."""
    return "; ".join(f"{directive} {' '.join(values)}" for directive, values in sources.items())


class ContentSecurityPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.readers = build_policy(settings.SECURE_CSP)
        self.editors = build_policy(settings.SECURE_CSP_EDITORS)
        self.files = build_policy(settings.SECURE_CSP_FILES)

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self._policy_for(request.path))
        return response

    def _policy_for(self, path) -> str:
        if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            return self.files
        if path.startswith("/admin/") and not PREVIEW.match(path):
            return self.editors
        return self.readers
