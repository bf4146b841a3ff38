"""The feeds of a story and of the site, in every format that a reader may ask for."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from liveblog.models import Update
from liveblog.rendering.addresses import absolute
from liveblog.rendering.feed_formats import FORMATS
from liveblog.rendering.feeds import Feed, site_feed, story_feed

from .lookups import read_story
from .responses import of_story, public

ENTRIES = 50
REMOVALS = 50


@public
def story(request, slug, name):
    found = read_story(slug)
    updates = list(found.updates.public().newest_first().with_parts()[:ENTRIES])
    for update in updates:
        update.story = found
    feed = story_feed(found, updates, found.updates.removals()[:REMOVALS])
    path = reverse(f"story_{name}", args=[found.slug])
    text, content_type = _write(feed, name, path)
    return _with_hub(of_story(found, text, content_type=content_type), path)


@public
def site(request, name):
    feed = site_feed(_latest_updates(), Update.objects.removals()[:REMOVALS])
    path = reverse(f"site_{name}")
    text, content_type = _write(feed, name, path)
    return _with_hub(HttpResponse(text, content_type=content_type), path)


def _latest_updates():
    """Read the newest updates of all stories; their parts for those alone."""
    latest = Update.objects.public().newest_first()
    ids = list(latest.values_list("pk", flat=True)[:ENTRIES])
    return latest.filter(pk__in=ids).select_related("story").with_parts()


def _with_hub(response, path):
    """Name the hub that pushes a feed, and the feed's own address (W3C WebSub, 4)."""
    if settings.WEBSUB_HUB:
        links = f'<{settings.WEBSUB_HUB}>; rel="hub", <{absolute(path)}>; rel="self"'
        response.headers["Link"] = links
    return response


def _write(feed: Feed, name: str, path: str) -> tuple[str, str]:
    content_type, write = FORMATS[name]
    return write(feed, absolute(path)), content_type
