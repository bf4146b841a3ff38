"""Give each request an id, and note where editors and programs ask from."""

import logging
import re
import time
import uuid

from liveblog import origin

logger = logging.getLogger("liveblog.requests")

HEADER = "X-Request-ID"
USUAL = re.compile(r"[-\w.]{8,64}\Z", re.ASCII)
# Only there is the client's address recorded, in the audit trail.
NAMED = ("/admin/", "/api/")
READING = {"GET", "HEAD", "OPTIONS"}


class OriginMiddleware:
    """Use the proxy's request id where it sends one, so that its log and ours meet."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_named = request.path.startswith(NAMED)
        address = origin.sender_of(request) if is_named else None
        begun = time.monotonic()
        with origin.coming_from(_id_of(request), address):
            response = self.get_response(request)
            if is_named:  # readers' responses are cached, and served to others
                response.headers[HEADER] = origin.current.get().request_id
                _log(request, response.status_code, time.monotonic() - begun)
            return response


def _id_of(request) -> str:
    sent = request.headers.get(HEADER, "")
    return sent if USUAL.match(sent) else uuid.uuid4().hex


def _log(request, status, seconds):
    """Log what changed something, by its route: a path may hold a one-time secret.

    Django logs refusals and errors itself.
    """
    if request.method in READING or status >= 400 or getattr(request, "is_beat", False):
        return
    route = request.resolver_match.route if request.resolver_match else "?"
    fields = {"method": request.method, "route": route, "status": status}
    fields["milliseconds"] = round(1000 * seconds)
    words = "{method} {route}: {status} in {milliseconds} ms".format_map(fields)
    logger.info(words, extra={"fields": fields})
