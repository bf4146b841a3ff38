"""The feeds of a story and of the site, in every format that a reader may ask for."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from liveblog.models import Story, Update
from liveblog.queries.pagination import UpdateRow, load_updates, read_rows
from liveblog.queries.regions import load_own_parts
from liveblog.rendering.addresses import absolute
from liveblog.rendering.feed_formats import FORMATS
from liveblog.rendering.feeds import Feed, site_feed, story_feed

from .lookups import read_story
from .responses import of_story, public

ENTRIES = 50
REMOVALS = 50


@public
def story(request, slug, name):
    found = load_own_parts(read_story(slug))
    rows = read_rows(found.updates.public().newest_first()[:ENTRIES])
    feed = story_feed(found, rows, found.updates.removals()[:REMOVALS], load=load_updates)
    path = reverse(f"story_{name}", args=[found.slug])
    text, content_type = _write(feed, name, path)
    return _with_hub(of_story(found, text, content_type=content_type), path)


@public
def site(request, name):
    feed = site_feed(_latest(), Update.objects.removals()[:REMOVALS], load=load_updates)
    path = reverse(f"site_{name}")
    text, content_type = _write(feed, name, path)
    return _with_hub(HttpResponse(text, content_type=content_type), path)


def _latest() -> list[tuple[Story, UpdateRow]]:
    """Read the newest updates of all stories, each with its story."""
    latest = Update.objects.public().newest_first()
    rows = list(latest.values_list("story_id", *UpdateRow._fields)[:ENTRIES])
    stories = Story.objects.public().in_bulk({story_id for story_id, *_ in rows})
    return [(stories[id], UpdateRow(*row)) for id, *row in rows if id in stories]


def _with_hub(response, path):
    """Name the hub that pushes a feed, and the feed's own address (W3C WebSub, 4)."""
    if settings.WEBSUB_HUB:
        links = f'<{settings.WEBSUB_HUB}>; rel="hub", <{absolute(path)}>; rel="self"'
        response.headers["Link"] = links
    return response


def _write(feed: Feed, name: str, path: str) -> tuple[str, str]:
    content_type, write = FORMATS[name]
    return write(feed, absolute(path)), content_type
