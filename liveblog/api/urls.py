"""The API at its addresses; its document and its page for people are open to everybody."""

import logging
from functools import wraps

from django.http import Http404, HttpResponseNotAllowed
from django.urls import path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_GET
from ninja.errors import HttpError, ValidationError
from ninja.openapi.docs import Swagger

from . import exports, lists, stories, updates
from .auth import Bearer
from .openapi import DocumentedAPI
from .parser import JsonParser
from .problems import Problem, explain, not_found, render

FRESH = 60  # seconds: the document and its page change with a release alone

log = logging.getLogger(__name__)

DESCRIPTION = """Programs write live blogs as people do in the admin, by the same rules.

Send `Authorization: Bearer lb_…`; a chief editor makes tokens in the admin. A token never does
more than its person may. Errors are `application/problem+json` (RFC 9457)."""


class Docs(Swagger):
    """Swagger UI from our own static files, with a script of ours that starts it."""

    template = "liveblog/api_docs.html"


api = DocumentedAPI(
    title="Liveblog",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    auth=Bearer(),
    docs=Docs(),
    parser=JsonParser(),
)
api.add_router("/stories", stories.router)
api.add_router("/stories/{slug:slug}/updates", updates.router)
api.add_router("", exports.router)
api.add_router("", lists.router)


def answer_error(request, error):
    return render(explain(error))


for _kind in (Exception, Http404, HttpError, ValidationError):  # ninja has its own for these
    api.add_exception_handler(_kind, answer_error)


def answering(view):
    """Let a view answer what Django would in the API's own words, and log who did what."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = _answer_head_as_get(view, request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response.headers["Allow"].replace("GET", "GET, HEAD")
            reason = _("This address takes %(methods)s.") % {"methods": allowed}
            response = render(Problem(405, reason, headers={"Allow": allowed}))
        _log(request, response)
        return response

    return answer


def _answer_head_as_get(view, request, *args, **kwargs):
    """Answer HEAD with a GET's headers; the server sends no body (RFC 9110, 9.3.2)."""
    if request.method != "HEAD":
        return view(request, *args, **kwargs)
    request.method = "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = "HEAD"


def _log(request, response):
    token = getattr(request, "auth", None)
    if token:
        log.info(
            "Token %s (%s) of %s: %s %s → %s",
            *(token.pk, token.name, token.person, request.method, request.path),
            response.status_code,
        )


def unknown(request, **rest):
    return render(not_found())


unknown.csrf_exempt = True


_patterns, _name, _namespace = api.urls
for _pattern in _patterns:
    if _pattern.name == "api-root":  # ninja's own, from which it reads where the API is
        _pattern.callback = unknown
    elif _pattern.name in {"openapi-json", "openapi-view"}:  # answer whatever the method
        _cached = cache_control(public=True, max_age=FRESH)(conditional_page(_pattern.callback))
        _pattern.callback = answering(csrf_exempt(require_GET(_cached)))
    else:
        _pattern.callback = answering(_pattern.callback)

urlpatterns = [
    path("v1/", (_patterns, _name, _namespace)),
    re_path(r"^(?P<rest>[\s\S]*)\Z", unknown, name="unknown"),
]
