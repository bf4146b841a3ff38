"""Answers with data, and with 304 where the caller has it already."""

import json

from django.http import HttpResponse
from django.utils.cache import get_conditional_response

PRIVATE = "private, no-cache"  # only the caller caches it, and revalidates each time


def dump(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def reply(request, data: dict, *, status: int = 200, headers: dict | None = None) -> HttpResponse:
    """Answer with JSON; a GET with an ETag that the caller has is answered with 304."""
    response = HttpResponse(
        dump(data),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": PRIVATE, **(headers or {})},
    )
    if request.method not in {"GET", "HEAD"} or "ETag" not in response.headers:
        return response
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)
