"""Django's request path, for the server's pool of threads."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler

from liveblog.startup_checks import refuse_unsafe_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)
refuse_unsafe_settings()

from django.conf import settings  # noqa: E402 (loads what the lines above set up)


def application(environ, start_response):
    """Hand a request to the handler that has what its kind needs, and no more."""
    path = environ.get("PATH_INFO", "")
    if path.startswith(settings.STATIC_URL):
        return files(environ, start_response)
    if path.startswith(("/admin/", "/api/")):
        return editors(environ, start_response)
    return readers(environ, start_response)


def handler_with(middleware: list[str]) -> WSGIHandler:
    """Make a handler with some of the middleware; Django takes it from the settings alone."""
    usual, settings.MIDDLEWARE = settings.MIDDLEWARE, middleware
    try:
        return WSGIHandler()
    finally:
        settings.MIDDLEWARE = usual


# The middleware for static files is async: round any other request it would start an event loop.
FOR_EDITORS = [each for each in settings.MIDDLEWARE if each != settings.STATIC_MIDDLEWARE]
FOR_READERS = [each for each in FOR_EDITORS if each not in settings.EDITORS_MIDDLEWARE]
FOR_FILES = settings.MIDDLEWARE[: settings.MIDDLEWARE.index(settings.STATIC_MIDDLEWARE) + 1]

editors = handler_with(FOR_EDITORS)
readers = handler_with(FOR_READERS)
files = handler_with(FOR_FILES)
