"""Write a row with its sources, bylines and pictures as plain data, and read it back."""

from uuid import UUID

from liveblog.models import Person, Picture, Source, Story, Topic, Update, Version

from .content import Citation, StoryContent, UpdateContent


def snapshot_update(update: Update, content: UpdateContent) -> dict:
    """Return the `Version.content` of an update."""
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
    """Return the `Version.content` of a story's own parts."""
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
    """Build the content of an update's version, without what `names_gone` lists."""
    stored = version.content
    sources = _find(Source, stored["sources"])
    people = _find(Person, stored["bylines"])
    return UpdateContent(
        **{name: stored[name] for name in UpdateContent.ROW},
        sources=tuple(
            Citation(sources[each["id"]], each["role"], each["url"])
            for each in stored["sources"]
            if each["id"] in sources
        ),
        bylines=_those(people, stored["bylines"]),
        pictures=tuple(map(UUID, stored["pictures"])),
    )


def read_story(version: Version) -> StoryContent:
    """Build the content of a story's version, with the story's current address.

    What `names_gone` lists is left out.
    """
    stored = version.content
    people, topics = _find(Person, stored["bylines"]), _find(Topic, stored["topics"])
    row = {name: stored[name] for name in StoryContent.row_fields()}
    for name in ("lead_picture", "share_picture"):
        row[name] = Picture.objects.filter(pk=row[name]).first() if row[name] else None
    return StoryContent(
        **row,
        slug=version.story.slug,
        bylines=_those(people, stored["bylines"]),
        topics=frozenset(_those(topics, stored["topics"])),
    )


def names_gone(version: Version) -> list[str]:
    """Return the names of sources, people and topics that a version has and that exist no more."""
    stored = version.content
    named = [(Source, "sources"), (Person, "bylines"), (Topic, "topics")]
    return [
        each["name"]
        for model, name in named
        for each in stored.get(name, [])
        if each["id"] not in _find(model, stored[name])
    ]


def _named(row) -> dict:
    return {"id": row.pk, "name": row.name}


def _find(model, stored: list[dict]) -> dict:
    return model.objects.in_bulk([each["id"] for each in stored]) if stored else {}


def _those(found: dict, stored: list[dict]) -> tuple:
    return tuple(found[each["id"]] for each in stored if each["id"] in found)
