"""Fetch the public addresses of a retracted update, and check that its text is gone."""

from dataclasses import dataclass
from functools import cache
from html import unescape
from io import BytesIO
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from liveblog.models import Update
from liveblog.richtext import to_plain_text

SHORTEST, LONGEST = 20, 80  # characters of the phrases that are looked for
NEVER_ENDING = {"stream"}


@dataclass(frozen=True)
class PublicAddress:
    """The response of a public address; `is_clean` if it has none of the update's text."""

    path: str
    status: int
    is_clean: bool


def check_public_addresses(update: Update) -> list[PublicAddress]:
    """Fetch every public address that the update may show at, as a reader would.

    Requests go to our own handler, for paths reversed from our own patterns: no address
    comes from outside, and nothing goes over the network.
    """
    phrases = phrases_of(update)
    return [_check(path, phrases) for path in public_addresses_of(update)]


def public_addresses_of(update: Update) -> list[str]:
    """Return the paths of all URL patterns that can be reversed for this update."""
    paths = []
    for pattern in _public_patterns(get_resolver()):
        values = _values(update, pattern.name)
        wanted = pattern.pattern.converters
        if pattern.name not in NEVER_ENDING and all(values.get(name) for name in wanted):
            path = reverse(pattern.name, kwargs={name: values[name] for name in wanted})
            paths += [path + query for query in _queries(update, pattern.name)]
    return paths


def _public_patterns(resolver):
    """Yield the named URL patterns outside the admin."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            is_admin = each.namespace or str(each.pattern).startswith("admin/")
            yield from () if is_admin else _public_patterns(each)
        elif each.name and isinstance(each.pattern, RoutePattern):
            yield each


def phrases_of(update: Update) -> list[str]:
    """Return phrases that identify the text: the headline and the start of each line."""
    lines = [update.headline, *to_plain_text(update.body).split("\n")]
    whole = [_plain(line) for line in lines if line.strip()]
    long = [line[:LONGEST] for line in whole if len(line) >= SHORTEST]
    return list(dict.fromkeys(long or whole[:1]))


def _values(update, name):
    """Return what fills an address: its slug is a story's, unless it is another thing's."""
    slug = update.story.slug
    if name == "topic":
        slug = update.story.topics.values_list("slug", flat=True).first()
    elif name == "source":
        slug = update.attributions.values_list("source__slug", flat=True).first()
    elif name == "author":
        slug = update.bylines.values_list("person__slug", flat=True).first()
    return {"slug": slug, "id": update.pk, "cursor": "0"}


def _queries(update, name):
    if name == "story":
        following = update.story.updates.public().after(update).oldest_first().first()
        older = [f"?before={following.pk}"] if following else []
        return ["", "?order=oldest", *older]
    if "search" in name:
        return ["?" + urlencode({"q": phrase}) for phrase in phrases_of(update)[:1]]
    return [""]


def _check(path, phrases):
    status, text = _fetch(path)
    # A search page repeats the query; its responses contain the text as well.
    most = 2 if "?q=" in path else 0
    is_clean = status < 500 and all(text.count(phrase) <= most for phrase in phrases)
    return PublicAddress(path, status, is_clean)


@cache
def _handler():
    return WSGIHandler()


def _fetch(path):
    """Answer a request without cookies; unclosed, as closing would end our own connection."""
    site = urlsplit(settings.SITE_URL)
    path, _, query = path.partition("?")
    answer = _handler().get_response(
        WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "SERVER_NAME": site.hostname,
                "SERVER_PORT": str(site.port or ""),
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_HOST": site.netloc,
                "REMOTE_ADDR": "127.0.0.1",
                "wsgi.url_scheme": site.scheme,
                "wsgi.input": BytesIO(),
            }
        )
    )
    body = getattr(answer, "content", b"").decode("utf-8", "replace")
    return answer.status_code, _plain(unescape(body))


def _plain(text):
    return " ".join(text.split())
