"""`/healthz`, `/readyz`, `/metrics`: for operators and their monitoring, under any Host.

Answered in the event loop: neither Django nor the database is asked.
"""

import hmac
import ipaddress
import json

from .connection import answer
from .metrics import CONTENT_TYPE, Metrics
from .readiness import Readiness

ADDRESSES = {"/healthz", "/readyz", "/metrics"}
FORWARDED = {b"forwarded", b"x-forwarded-for", b"x-real-ip"}
JSON = b"application/json"
TEXT = b"text/plain; charset=utf-8"


class HealthEndpoints:
    """The ASGI application of the three addresses.

    Figures are for whoever shows `token`; without one for this machine alone, and not
    through a proxy on it, which would show them to the world.
    """

    def __init__(self, readiness: Readiness, metrics: Metrics, token: str):
        self.readiness, self.metrics, self.token = readiness, metrics, token.encode()

    async def __call__(self, scope, receive, send):
        if scope["method"] not in {"GET", "HEAD"}:
            await _answer(scope, send, 405, TEXT, b"", (b"allow", b"GET, HEAD"))
        elif scope["path"] == "/healthz":
            await _answer(scope, send, 200, JSON, b'{"alive": true}')
        elif scope["path"] == "/readyz":
            await self._tell_readiness(scope, send)
        elif self._may_see_metrics(scope):
            await _answer(scope, send, 200, CONTENT_TYPE, self.metrics.write())
        else:
            challenge = (b"www-authenticate", b"Bearer")
            await _answer(scope, send, 401, TEXT, b"Show the METRICS_TOKEN.", challenge)

    async def _tell_readiness(self, scope, send):
        reasons = self.readiness.reasons()
        said = {"ready": not reasons, "reason": next(iter(reasons), None)}
        body = json.dumps({**said, "reasons": list(reasons.values())}).encode()
        later = [(b"retry-after", b"2")] if reasons else []
        await _answer(scope, send, 503 if reasons else 200, JSON, body, *later)

    def _may_see_metrics(self, scope):
        headers = dict(scope["headers"])
        if self.token:
            shown = headers.get(b"authorization", b"")
            return hmac.compare_digest(shown, b"Bearer " + self.token)
        client, _port = scope.get("client") or ("", 0)
        return _is_this_machine(client) and not FORWARDED & headers.keys()


def _is_this_machine(client):
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:  # a socket has no address: who is behind it is not known
        return False


async def _answer(scope, send, status, content_type, body, *headers):
    is_head = scope["method"] == "HEAD"
    await answer(send, status, body, *headers, media_type=content_type, is_head=is_head)
