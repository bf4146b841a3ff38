"""Previews of unpublished updates and stories as readers would see them."""

import re

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from liveblog.models import Attribution, Picture, Update, UpdateByline, UpdatePicture
from liveblog.publishing import UpdateContent
from liveblog.queries.pagination import SIZE
from liveblog.rendering import preview_story, preview_update
from liveblog.richtext import picture_source

_FILE = re.compile(rf"(?<=[\"' ]){re.escape(settings.MEDIA_URL)}(pictures/[\w.-]+)")


def update_preview(update: Update) -> HttpResponse:
    """Render an update as readers would see it."""
    row = Update.objects.with_parts().get(pk=update.pk)
    row.story = update.story
    return _unseen(preview_update(row, now=timezone.now()))


def draft_preview(update: Update, content: UpdateContent) -> str:
    """Render an unsaved update as readers would see it."""
    content.fill(update)
    update.published_at = content.published_at or update.published_at
    pictures = Picture.objects.select_related("credit").in_bulk(content.pictures)
    update._prefetched_objects_cache = {
        "attributions": [
            Attribution(update=update, source=each.source, role=each.role, url=each.url)
            for each in content.sources
        ],
        "bylines": [UpdateByline(update=update, person=each) for each in content.bylines],
        "pictures": [
            UpdatePicture(update=update, picture=pictures[id])
            for id in content.pictures
            if id in pictures
        ],
        "corrections": [],
    }
    return _with_unseen_pictures(preview_update(update, now=timezone.now()))


def story_preview(story) -> HttpResponse:
    """Render a story and its newest updates, including unpublished ones."""
    loaded = type(story).objects.with_parts().get(pk=story.pk)
    newest = loaded.updates.exclude(status=Update.Status.RETRACTED).with_parts()
    updates = list(newest.waiting_first()[: 2 * SIZE])
    for update in updates:
        update.story = loaded
    return _unseen(preview_story(loaded, updates, now=timezone.now()))


def _unseen(html):
    response = HttpResponse(_with_unseen_pictures(html))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _with_unseen_pictures(html):
    """Let the admin serve the pictures: public addresses serve only published ones."""
    ids: dict[str, object] = {}

    def address(file):
        name = file[1]
        if name not in ids:
            ids[name] = Picture.objects.of_file(name).values_list("pk", flat=True).first()
        return picture_source(ids[name]) if ids[name] else file[0]

    return _FILE.sub(address, html)
