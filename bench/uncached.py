"""Django without its front, in the two ways that it can run in an ASGI server."""

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application

from config.wsgi import application as wsgi

in_threads = WSGIMiddleware(wsgi, workers=8)
as_asgi = get_asgi_application()
