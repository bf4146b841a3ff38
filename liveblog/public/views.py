"""What readers fetch. Reads only, and the story's row first."""

import json
import logging
from functools import partial

from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import escape_leading_slashes, http_date
from django.views.static import was_modified_since

from liveblog import rendering
from liveblog.models import Correction, Person, Picture, Source, Story, Topic, Update
from liveblog.queries.changes import Cursor, read_changes
from liveblog.queries.pagination import load_updates, read_page
from liveblog.queries.plain_sql import read_front_stories
from liveblog.queries.regions import load_own_parts, read_many_regions, read_regions
from liveblog.rendering.listing_pages import MOST, corrections_page, list_page, topics_page

from .lookups import read_before, read_moved_address, read_story, read_update
from .responses import FRESHNESS, of_story, public

logger = logging.getLogger(__name__)
dump_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))

UP_TO = "public, max-age=20"  # no stale window: never older than what was asked for
PLAIN = "text/plain; charset=utf-8"
ON_FRONT = 30
MEDIA_TYPES = {
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


@public
def front(request):
    return rendering.front_page(_on_front(), now=timezone.now())


@public
def front_json(request):
    answer = rendering.front_answer(_on_front(), now=timezone.now())
    return HttpResponse(dump_json(answer), content_type="application/json")


def _on_front():
    return read_many_regions(read_front_stories(ON_FRONT))


@public
def story(request, slug):
    oldest_first = request.GET.get("order") == "oldest"
    found = read_story(slug)
    html = rendering.story_page(
        found,
        read_page(found, read_before(request), from_oldest=oldest_first),
        read=read_regions,
        load=load_updates,
        now=timezone.now(),
        oldest_first=oldest_first,
    )
    return of_story(found, html)


@public
def changes(request, slug, cursor):
    return _changes_after(read_story(slug), cursor)


@public
def changes_up_to(request, slug, cursor, upto):
    """Answer what changed after one cursor, certainly up to another.

    Each pair has one address, so that an edge can answer a crowd with one request to us. The
    answer to a `to` that is no cursor of the story is not cached: anybody can make one up.
    """
    newest = Cursor.parse(upto)
    for _attempt in range(2):  # the notification may be quicker than a replica
        found = read_story(slug)
        if newest is None or newest.epoch != found.epoch:
            return _changes_after(found, cursor, freshness="no-store")
        if newest.revision <= found.revision:
            return _changes_after(found, cursor, freshness=UP_TO)
    headers = {"Retry-After": "1", "Cache-Control": "no-store"}
    return HttpResponse("Not known here yet.", status=503, content_type=PLAIN, headers=headers)


def _changes_after(story, cursor, *, freshness=FRESHNESS):
    since = read_changes(story, Cursor.parse(cursor))
    answer = rendering.change_answer(since, now=timezone.now())
    response = of_story(story, dump_json(answer), content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-store" if since.reload else freshness
    return response


@public
def update(request, slug, id):
    found = read_update(load_own_parts(read_story(slug)), id)
    public_updates = found.story.updates.public()
    html = rendering.update_page(
        found,
        earlier=public_updates.before(found).newest_first().first(),
        later=public_updates.after(found).oldest_first().first(),
        newer=public_updates.after(found).count_up_to(rendering.MANY_NEWER),
        now=timezone.now(),
    )
    return of_story(found.story, html)


@public
def story_corrections(request, slug):
    found = read_story(slug)
    return corrections_page(
        found.corrections.public().with_places()[: MOST + 1],
        found.updates.retracted_with_note().select_related("story")[: MOST + 1],
        story=found,
    )


@public
def corrections(request):
    return corrections_page(
        Correction.objects.public().with_places()[: MOST + 1],
        Update.objects.retracted_with_note().select_related("story")[: MOST + 1],
    )


@public
def topics(request):
    return topics_page(list(Topic.objects.of_public_stories()))


@public
def topic(request, slug):
    found = get_object_or_404(Topic, slug=slug)
    stories = Story.objects.public().filter(topics=found).latest_first()
    return list_page("topic.html", found, stories=_some(stories))


@public
def source(request, slug):
    found = get_object_or_404(Source, slug=slug)
    return list_page("source.html", found, updates=_some(Update.objects.citing(found)))


@public
def author(request, slug):
    found = get_object_or_404(Person, slug=slug)
    stories = Story.objects.public().filter(bylines__person=found).latest_first()
    updates = list(Update.objects.signed_by(found)[: MOST + 1])
    return list_page(
        "author.html",
        found,
        stories=list(stories[: MOST + 1]) if updates else _some(stories),
        updates=updates,
    )


def _some(rows):
    """What readers may see under a name; a name used in drafts alone is unknown."""
    shown = list(rows[: MOST + 1])
    if not shown:
        raise Http404
    return shown


@public
def not_found(request, path):
    """Answer every address that nothing else answers.

    One that lacks its slash redirects, and one that a story had in another system.
    """
    with_slash = escape_leading_slashes(request.path_info) + "/"
    if path.endswith("/") or not _leads_somewhere(with_slash):
        return HttpResponsePermanentRedirect(read_moved_address(request.path_info))
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{with_slash}?{query}" if query else with_slash)


def _leads_somewhere(address):
    try:
        return resolve(address).url_name != "not_found"
    except Resolver404:
        return False


@public
def media(request, name):
    """Serve the file of a picture that readers see; a takedown takes its pictures too.

    A web server in front may keep it for as long as this says, and not serve it itself.
    """
    if not (_is_known(request) or Picture.objects.shown().of_file(name).exists()):
        raise Http404
    try:
        response = _stored_file(request, name)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Http404 from error
    except OSError as error:
        logger.warning("A picture can't be read: %s", error)
        headers = {"Cache-Control": "no-store", "Retry-After": "10"}
        return HttpResponse(status=503, headers=headers)
    response.headers["Cache-Control"] = "public, max-age=30"  # as long as a takedown may take
    return response


def _is_known(request) -> bool:
    """Return whether this process showed the picture a moment ago, and the database is away."""
    return request.META.get("asgi.scope", {}).get("liveblog.picture_is_shown", False)


def _stored_file(request, name):
    changed = default_storage.get_modified_time(name).timestamp()
    if was_modified_since(request.headers.get("If-Modified-Since"), changed):
        kind = MEDIA_TYPES[name.rpartition(".")[2]]
        response = FileResponse(default_storage.open(name), content_type=kind)
    else:
        response = HttpResponseNotModified()
    response.headers["Last-Modified"] = http_date(changed)
    return response
