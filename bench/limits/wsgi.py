"""The limit of rendered answers: bare WSGI that says the bytes, behind the same adapter."""

import os
from pathlib import Path

from a2wsgi import WSGIMiddleware

BODY = Path(os.environ["LIMIT_BODY"]).read_bytes()


def bare(environ, start_response):
    headers = [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))]
    start_response("200 OK", headers)
    return [BODY]


application = WSGIMiddleware(bare, workers=8)
