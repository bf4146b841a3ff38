"""The limit of ready answers: an ASGI application that says the bytes it was given.

`LIMIT_BODY` names a file with the body; `LIMIT_HEADERS` holds the headers as JSON. A
conditional request is a 304, whatever it asks for.
"""

import json
import os
from pathlib import Path

BODY = Path(os.environ["LIMIT_BODY"]).read_bytes()
HEADERS = [(n.encode(), v.encode()) for n, v in json.loads(os.environ["LIMIT_HEADERS"])]


async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    has_it = any(name == b"if-none-match" for name, _ in scope["headers"])
    status, body = (304, b"") if has_it else (200, BODY)
    headers = [each for each in HEADERS if not has_it or each[0] != b"content-length"]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
