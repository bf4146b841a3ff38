"""What every public answer has in common: methods, freshness, ETag, and no cookie."""

import hashlib
import logging
from functools import wraps

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import NoReverseMatch, reverse
from django.utils.cache import get_conditional_response

from liveblog import rendering

# Freshness and stale window are at most 30 s together: takedowns. Where nobody answers a shared
# cache, it may show what it has; 55 s after it was fetched even that has ended.
FRESHNESS = "public, max-age=5, stale-while-revalidate=20, stale-if-error=50"


COME_BACK = "10"  # seconds
PLAIN_ERROR = "Something went wrong here. Try again in a moment."

logger = logging.getLogger(__name__)


class Gone(Exception):
    """What stood here was withdrawn; `page` tells readers so."""

    def __init__(self, page: str):
        super().__init__()
        self.page = page


class Moved(Exception):
    """The story of this address has another slug now."""

    def __init__(self, story):
        super().__init__()
        self.story = story


def public(view):
    """Make a view, which returns HTML or a response, answer the public.

    GET and HEAD only. What readers may not see is our own 404, under DEBUG too; what
    was withdrawn is 410; a story's old address redirects with the rest of its path. Where
    the database is away readers are asked to come back.
    """

    @wraps(view)
    def answer(request, **kwargs):
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return _finish(request, _respond(view, request, kwargs))

    answer.csrf_exempt = True  # nothing is written here: other methods are refused as such
    return answer


def server_error(request):
    """Answer where our own code failed; a template of the site's own may be broken."""
    headers = {"Cache-Control": "no-store"}
    try:
        page = rendering.page("500.html")
    except (TemplateSyntaxError, TemplateDoesNotExist, NoReverseMatch, ValueError, OSError):
        logger.exception("The page for errors failed too")
        return HttpResponse(PLAIN_ERROR, status=500, content_type="text/plain", headers=headers)
    return HttpResponse(page, status=500, headers=headers)


def of_story(story, content, **kwargs):
    """Answer with what shows this story alone: it is cached until the story changes."""
    return _mark(HttpResponse(content, **kwargs), story)


def _mark(response, story):
    response.headers["X-Liveblog-Story"] = f"{story.pk}:{story.cursor}"
    return response


def _respond(view, request, kwargs):
    try:
        answered = view(request, **kwargs)
    except Http404:
        return HttpResponse(rendering.page("404.html"), status=404)
    except (OperationalError, InterfaceError) as error:
        logger.warning("The database does not answer: %s", error)
        headers = {"Retry-After": COME_BACK, "Cache-Control": "no-store"}
        return HttpResponse(rendering.page("503.html"), status=503, headers=headers)
    except Gone as gone:
        return HttpResponse(gone.page, status=410)
    except Moved as moved:
        return _mark(_redirect(request, {**kwargs, "slug": moved.story.slug}), moved.story)
    return answered if isinstance(answered, HttpResponseBase) else HttpResponse(answered)


def _redirect(request, kwargs):
    address = reverse(request.resolver_match.view_name, kwargs=kwargs)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _finish(request, response):
    response.headers.setdefault("Cache-Control", FRESHNESS)
    if response.streaming or response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
