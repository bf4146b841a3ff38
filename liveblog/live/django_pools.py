"""Django behind the event loop: a pool of threads for each kind of request.

A request gets a thread when its body has arrived, and frees it when its response is made,
however slow the client is. No crowd of one kind keeps another waiting.
"""

import re
import time
from contextlib import closing

from a2wsgi import WSGIMiddleware
from prometheus_client import Counter, Histogram

from liveblog.middleware.uploads import most_bytes

from .bodies import Bodies, BodyRefused, SenderLeft, Spool
from .cached_response import header
from .connection import answer, refuse

# By method and address: the kind of request, and how many threads work on it. Database
# connections are at most as many (DATABASE_POOL), and those of the hub.
KINDS = [
    ("sign_in", re.compile(r"POST /admin/login/"), 2),  # they hash passwords, 46 MiB each
    ("editors", re.compile(r"\S+ /(?:admin|api)/"), 6),
    ("files", re.compile(r"\S+ /(?:media|static)/"), 3),
    ("questions", re.compile(r"\S+ (?:/oembed|/search|/live/[-\w]+/search)"), 2),
    ("drawings", re.compile(r"\S+ /(?:\S+/)?(?:card|logo)\.png\Z"), 1),  # some 100 ms each
    ("pages", re.compile(""), 4),
]
WITH_BODY = re.compile(r"/(?:admin|api)/")  # readers send none: theirs are refused unread
BODILESS = {"GET", "HEAD", "OPTIONS"}
SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10)  # how long requests take, for histograms
# Sign-ins that may wait; with more, each would wait for longer than anybody does.
MOST_SIGN_INS = 60
CROWDED = b"Many people sign in at this moment. Try again in a few seconds."
LENGTHS = {b"content-length", b"transfer-encoding"}


class Pool:
    """Threads for one kind of request; `requests` are those that it has now."""

    def __init__(self, wsgi, threads: int):
        self.threads, self.requests = threads, 0
        self._app = WSGIMiddleware(wsgi, workers=threads)

    @property
    def working(self) -> int:
        return min(self.requests, self.threads)

    @property
    def waiting(self) -> int:
        return max(self.requests - self.threads, 0)

    async def __call__(self, scope, receive, send):
        self.requests += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self.requests -= 1


class DjangoPools:
    """The ASGI application of all that Django answers."""

    def __init__(self, wsgi):
        self.pools = {name: Pool(wsgi, threads) for name, _, threads in KINDS}
        self.bodies = Bodies()
        self.seconds = Histogram(
            "liveblog_request_seconds",
            "From a request's whole body to its whole response, waiting for a thread included.",
            ["pool"],
            buckets=SECONDS,
            registry=None,
        )
        self.responses = Counter(
            "liveblog_responses", "Responses of Django.", ["pool", "status"], registry=None
        )

    async def __call__(self, scope, receive, send):
        if not _brings_body(scope):
            with closing(Spool()) as nothing:
                await self._respond(scope, nothing, send)
            return
        try:
            async with self.bodies.read(receive) as body:
                await self._respond(_with_length(scope, body.size), body, send)
        except BodyRefused as refused:
            await refuse(scope, send, refused.status, refused.reason, (b"connection", b"close"))
        except SenderLeft:
            return

    async def _respond(self, scope, body, send):
        """Have Django respond, and then send the response as fast as the client takes it."""
        kind, begun = _kind_of(scope), time.monotonic()
        if kind == "sign_in" and self.pools[kind].waiting >= MOST_SIGN_INS:
            await answer(send, 503, CROWDED, (b"retry-after", b"10"))
            return
        start, response = {}, Spool()

        async def receive():
            piece = body.read()
            return {"type": "http.request", "body": piece, "more_body": bool(piece)}

        async def collect(message):
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                response.write(message.get("body", b""))

        try:
            await self.pools[kind](scope, receive, collect)
            self.seconds.labels(kind).observe(time.monotonic() - begun)
            self.responses.labels(kind, f"{start['status'] // 100}xx").inc()
            response.rewind()
            await send(start)
            while piece := response.read():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            response.close()


def _kind_of(scope) -> str:
    asked = f"{scope['method']} {scope['path']}"
    return next(name for name, pattern, _ in KINDS if pattern.match(asked))


def _brings_body(scope) -> bool:
    """Tell whether a body is to be read; one that says that it is too long is refused unread."""
    if scope["method"] in BODILESS or not WITH_BODY.match(scope["path"]):
        return False
    length = header(scope, b"content-length")
    return not (length.isdigit() and int(length) > most_bytes())


def _with_length(scope, size) -> dict:
    """Say how long the body is: WSGI reads no further, and a chunked one did not tell."""
    headers = [each for each in scope["headers"] if each[0] not in LENGTHS]
    return {**scope, "headers": [*headers, (b"content-length", b"%d" % size)]}
