"""Answers with data."""

import json

from django.http import HttpResponse

PRIVATE = "private, no-cache"  # only the caller caches it, and revalidates each time


def dump(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def reply(data: dict, *, status: int = 200, headers: dict | None = None) -> HttpResponse:
    """Answer with JSON.

    An ETag among the headers is for `If-Match` alone: it names a version, and never makes a
    304, for an answer also changes with a story's cursor or a source's name.
    """
    return HttpResponse(
        dump(data),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": PRIVATE, **(headers or {})},
    )
