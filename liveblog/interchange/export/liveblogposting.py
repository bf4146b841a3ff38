"""A story as JSON-LD: schema.org's LiveBlogPosting with all its updates, newest first."""

import json
from collections.abc import Iterator

from django.db.models import Max

from liveblog.models import Story
from liveblog.rendering.jsonld import describe_story, describe_update

from .reading import public_updates, read_story


def write(story: Story) -> Iterator[str]:
    regions = read_story(story)
    edited = story.updates.public().aggregate(at=Max("edited_at"))["at"]
    head = {
        "@context": "https://schema.org",
        **describe_story(regions, changed_at=[edited] if edited else []),
    }
    yield _dump(head)[:-1] + ',"liveBlogUpdate":['
    for number, update in enumerate(public_updates(story, newest_first=True)):
        yield (",\n" if number else "\n") + _dump(describe_update(update))
    yield "\n]}\n"


def _dump(data):
    return json.dumps(data, ensure_ascii=False)
