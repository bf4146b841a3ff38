"""The language of the admin: the editor's choice; readers' pages use their story's."""

from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


class EditorsLanguageMiddleware:
    """Activate the editor's language on the admin's pages: the cookie's, else the browser's.

    Django's own middleware would read the cookie and the browser's wish on readers' pages
    too, and leave its language behind in the thread.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        if not request.path.startswith("/admin/"):
            return self.get_response(request)
        with translation.override(get_language_from_request(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ["Accept-Language"])
        return response
