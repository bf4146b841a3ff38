"""oEmbed 1.0 (oembed.com): other systems turn a story's address into its frame."""

import json
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.request import validate_host
from django.urls import Resolver404, resolve

from liveblog.rendering.embed import oembed_data

from .lookups import read_story, read_update
from .responses import Gone, Moved, of_story, public

KNOWN = {"story", "update", "embed"}
LONGEST = 500  # characters of an address: more is no address of ours


def open_to_all(view):
    """Let scripts of every origin read what a view answers, refusals too."""

    @wraps(view)
    def answer(request, **kwargs):
        response = view(request, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@open_to_all
@public
def oembed(request):
    """Answer 501 for formats but JSON, 404 for what is no public story here."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only JSON is served.", status=501, content_type="text/plain")
    story = _find(request.GET.get("url", ""))
    data = oembed_data(
        story,
        max_width=_read_size(request.GET.get("maxwidth")),
        max_height=_read_size(request.GET.get("maxheight")),
    )
    return of_story(
        story, json.dumps(data, ensure_ascii=False), content_type="application/json; charset=utf-8"
    )


def _find(url):
    """Find the story that one of our addresses shows: its page, its embed or an update's."""
    found = _resolve(_path_of(url))
    try:
        story = _read(found.kwargs["slug"])
        if found.url_name == "update":
            read_update(story, found.kwargs["id"])
    except Gone:
        raise Http404 from None
    return story


def _read(slug):
    try:
        return read_story(slug)
    except Moved as moved:
        return read_story(moved.story.slug)


def _resolve(path):
    try:
        found = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        raise Http404 from None
    if found.url_name not in KNOWN:
        raise Http404
    return found


def _path_of(url):
    """Return the path of an address of this site, which is SITE_URL's or an allowed host's."""
    try:
        parts = urlsplit(url[:LONGEST])
        port = parts.port
    except ValueError:
        raise Http404 from None
    site = urlsplit(settings.SITE_URL)
    hosts = [host for host in settings.ALLOWED_HOSTS if host != "*"] + [site.hostname]
    is_ours = (
        parts.scheme in {"http", "https"}
        and "@" not in parts.netloc
        and port in {None, 80, 443, site.port}
        and validate_host(parts.netloc.removesuffix(f":{port}").lower(), hosts)
    )
    if not is_ours:
        raise Http404
    return parts.path


def _read_size(value):
    """Read a number of pixels; what is none asks for nothing."""
    is_number = value and value.isascii() and value.isdecimal() and len(value) < 6
    return int(value) or None if is_number else None
