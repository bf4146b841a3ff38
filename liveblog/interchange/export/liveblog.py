"""Everything of a story as JSON: all states, history, corrections, pictures with their files.

One update a line. `formats.liveblog` reads it, `story_restore` brings it back.
"""

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Model

from liveblog.models import Person, Picture, Source, Story, Topic, Version
from liveblog.richtext import pictures_in

VERSION = 1
MOST_FILES = 24 * 2**20  # bytes of pictures' files in all; the rest go by `--media`
CHUNK = 200
TEXTS = ("headline", "body", "standfirst", "introduction", "summary")


def write(story: Story) -> Iterator[str]:
    story = Story.objects.select_related("lead_picture", "share_picture").get(pk=story.pk)
    slugs = {"sources": _slugs(Source), "bylines": _slugs(Person), "topics": _slugs(Topic)}
    head = {"format": "liveblog", "version": VERSION, "story": _story(story, slugs)}
    yield _dump(head)[:-1]
    yield ',\n"pictures":['
    yield from _lines(map(_Files().picture, _pictures(story)))
    yield '],\n"updates":['
    yield from _lines(_updates(story, slugs))
    yield '],\n"deleted":['
    yield from _lines(_deleted(story, slugs))
    yield "]}\n"


def _slugs(model):
    """What a version calls by database ids is known elsewhere by its slug."""
    return dict(model.objects.values_list("pk", "slug"))


def _lines(rows):
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + _dump(row)


def _story(story, slugs):
    without_update = story.corrections.filter(update__isnull=True)
    return {
        **_columns(story),
        "lead_picture": story.lead_picture_id,
        "share_picture": story.share_picture_id,
        "bylines": [_columns(each.person) for each in story.bylines.select_related("person")],
        "topics": [_columns(each) for each in story.topics.order_by("slug")],
        "old_addresses": sorted(story.old_addresses.values_list("slug", flat=True)),
        "corrections": [_columns(each) for each in without_update.order_by("corrected_at", "id")],
        "history": _history(story, Version.objects.of_story(story).select_related("by"), slugs),
    }


def _updates(story, slugs):
    updates = story.updates.select_related("created_by", "sent_back_by").order_by(
        "created_at", "id"
    )
    updates = updates.prefetch_related(
        "attributions__source", "bylines__person", "pictures", "corrections", "versions__by"
    )
    return (_update(each, slugs) for each in updates.iterator(chunk_size=CHUNK))


def _deleted(story, slugs):
    """What is left of drafts that were deleted: their history."""
    versions = story.versions.filter(update=None).exclude(update_id_was=None)
    rows = versions.order_by("update_id_was", "id").select_related("by")
    for id, history in groupby(rows.iterator(chunk_size=CHUNK), attrgetter("update_id_was")):
        yield {"id": str(id), "history": _history(None, history, slugs)}


def _update(update, slugs):
    return {
        **_columns(update),
        "created_by": _username(update.created_by),
        "sent_back_by": _username(update.sent_back_by),
        "sources": [
            {"source": _columns(each.source), "role": each.role, "url": each.url}
            for each in update.attributions.all()
        ],
        "bylines": [_columns(each.person) for each in update.bylines.all()],
        "pictures": [str(each.picture_id) for each in update.pictures.all()],
        "corrections": [_columns(each) for each in update.corrections.all()],
        "history": _history(update, update.versions.all(), slugs),
    }


def _history(row, versions, slugs):
    oldest_first = sorted(versions, key=lambda each: each.pk)
    return [_version(row, each, slugs) for each in oldest_first]


def _version(row, version, slugs):
    """Write a version without the words that the row itself still has: most of them."""
    same = {name for name in TEXTS if version.content.get(name) == getattr(row, name, None)}
    content = {name: value for name, value in version.content.items() if name not in same}
    for name in slugs.keys() & content.keys():
        content[name] = [
            {**each, "slug": slugs[name].get(each["id"], "")} for each in content[name]
        ]
    return {**_columns(version), "by": _username(version.by), "content": content}


def _pictures(story):
    """All pictures that the story or its history shows."""
    ids = {story.lead_picture_id, story.share_picture_id}
    ids |= set(story.updates.values_list("pictures__picture", flat=True))
    for content in story.versions.values_list("content", flat=True).iterator(chunk_size=CHUNK):
        ids |= {UUID(each) for each in content.get("pictures", ())}
        ids |= set(pictures_in(content.get("body", "")))
        ids |= {content.get("lead_picture"), content.get("share_picture")}
    return Picture.objects.filter(pk__in=ids - {None}).select_related("credit").order_by("pk")


class _Files:
    """Puts the files of pictures beside their words while there is room."""

    def __init__(self):
        self.room = MOST_FILES

    def picture(self, picture):
        credit = picture.credit
        return {
            **_columns(picture),
            "credit": credit and _columns(credit),
            "files": self._files(picture),
        }

    def _files(self, picture):
        names = [picture.file.name] if picture.file else []
        names += [each["name"] for each in picture.renditions]
        found = [name for name in dict.fromkeys(names) if default_storage.exists(name)]
        size = sum(map(default_storage.size, found))
        if size > self.room:
            return {}
        self.room -= size
        return {name: _encode(name) for name in found}


def _encode(name):
    with default_storage.open(name) as file:
        return base64.b64encode(file.read()).decode()


def _username(user):
    return user.get_username() if user else None


def _columns(row: Model) -> dict:
    """Return a row's own columns, without relations, database ids and what is derived."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.serialize and not field.is_relation and field.name != "epoch"
    }


def _dump(value):
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    return value.name if hasattr(value, "storage") else str(value)
