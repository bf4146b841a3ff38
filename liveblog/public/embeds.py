"""A story inside other people's pages: the framed page, and the script that makes the frame."""

from functools import wraps
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from liveblog.middleware import csp
from liveblog.queries.pagination import load_updates, read_newest
from liveblog.rendering.embed import embed_page, embed_withdrawn

from .lookups import read_story
from .responses import of_story, public

SHOWN = 10
LOADER = Path(__file__).parent.parent / "static/liveblog/embed/loader.js"


def frameable(view):
    """Let anyone frame whatever an address answers; all others are framed by nobody."""

    @wraps(view)
    def answer(request, **kwargs):
        response = view(request, **kwargs)
        policy = {**settings.SECURE_CSP, "frame-ancestors": ["*"]}
        response.headers[csp.HEADER] = csp.build_policy(policy)
        response.xframe_options_exempt = True
        return response

    return answer


@frameable
@public
def embed(request, slug):
    found = read_story(slug, withdrawn=embed_withdrawn)
    newest = read_newest(found, SHOWN)
    return of_story(found, embed_page(found, newest, load=load_updates, now=timezone.now()))


@public
def loader(request):
    """Serve the loader at an address that no release changes: other sites' pages name it."""
    response = HttpResponse(LOADER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
