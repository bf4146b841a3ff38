"""Write a row with its sources, bylines and pictures as plain data, and read it back."""

from django.utils.translation import gettext as _

from liveblog.models import Person, Picture, Source, Story, Topic, Update, Version

from .content import Citation, StoryContent, UpdateContent
from .errors import Refused


def snapshot_update(update: Update, content: UpdateContent) -> dict:
    """Return what `Version.content` keeps of an update."""
    return {
        **{name: getattr(content, name) for name in UpdateContent.ROW},
        "status": update.status,
        "published_at": update.published_at,
        "scheduled_for": update.scheduled_for,
        "is_pinned": update.is_pinned,
        "sources": [
            {**_named(each.source), "role": each.role, "url": each.url} for each in content.sources
        ],
        "bylines": [_named(each) for each in content.bylines],
        "pictures": [str(each) for each in content.pictures],
    }


def snapshot_story(story: Story, content: StoryContent) -> dict:
    """Return what `Version.content` keeps of a story's own parts."""
    row = {name: getattr(content, name) for name in StoryContent.row_fields()}
    for name in ("lead_picture", "share_picture"):
        row[name] = str(row[name].pk) if row[name] else None
    return {
        **row,
        "status": story.status,
        "slug": story.slug,
        "bylines": [_named(each) for each in content.bylines],
        "topics": [_named(each) for each in sorted(content.topics, key=str)],
    }


def read_update(version: Version) -> UpdateContent:
    """Make content of a version of an update; raises `Refused` where what it cites is gone."""
    kept = version.content
    sources = _find(Source, kept["sources"])
    people = _find(Person, kept["bylines"])
    return UpdateContent(
        **{name: kept[name] for name in UpdateContent.ROW},
        sources=tuple(
            Citation(sources[each["id"]], each["role"], each["url"]) for each in kept["sources"]
        ),
        bylines=tuple(people[each["id"]] for each in kept["bylines"]),
        pictures=tuple(kept["pictures"]),
    )


def read_story(version: Version) -> StoryContent:
    """Make content of a version of a story, with the address that the story has now."""
    kept = version.content
    people, topics = _find(Person, kept["bylines"]), _find(Topic, kept["topics"])
    row = {name: kept[name] for name in StoryContent.row_fields()}
    for name in ("lead_picture", "share_picture"):
        row[name] = Picture.objects.filter(pk=row[name]).first() if row[name] else None
    return StoryContent(
        **row,
        slug=version.story.slug,
        bylines=tuple(people[each["id"]] for each in kept["bylines"]),
        topics=frozenset(topics[each["id"]] for each in kept["topics"]),
    )


def _named(row) -> dict:
    return {"id": row.pk, "name": row.name}


def _find(model, kept: list[dict]) -> dict:
    found = model.objects.in_bulk([each["id"] for each in kept]) if kept else {}
    for each in kept:
        if each["id"] not in found:
            raise Refused(_("“%(name)s” does not exist any more.") % {"name": each["name"]})
    return found
