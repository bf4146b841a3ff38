"""What exports read of a story: its public parts, and its public updates from old to new."""

from collections.abc import Iterator

from liveblog.models import Story, Update
from liveblog.queries.regions import StoryRegions, read_regions

CHUNK = 200


def read_story(story: Story) -> StoryRegions:
    """Read a story again with what it shows outside its updates."""
    return read_regions(Story.objects.get(pk=story.pk))


def public_updates(story: Story, *, newest_first: bool = False) -> Iterator[Update]:
    """Yield the updates that readers see, with their parts, some hundred in memory at a time."""
    public = story.updates.public().with_parts()
    updates = public.newest_first() if newest_first else public.oldest_first()
    for update in updates.iterator(chunk_size=CHUNK):
        update.story = story
        yield update
