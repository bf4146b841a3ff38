"""What a page shows of a story outside its list of updates."""

from dataclasses import dataclass, field

from liveblog.models.source import Source
from liveblog.models.story import Story
from liveblog.models.update import Update


@dataclass(frozen=True)
class StoryRegions:
    """A story loaded `with_parts`, its pinned update, and its sources, the most cited first."""

    story: Story
    pinned: Update | None = None
    sources: list[Source] = field(default_factory=list)

    @property
    def key_events(self) -> list[Update]:
        """The story's timeline, newest first; one event alone is none."""
        events = self.story.latest_key_events
        return events if len(events) > 1 else []

    @property
    def latest(self) -> list[Update]:
        return self.story.latest_headlines


def read_regions(story: Story) -> StoryRegions:
    """Read what is shown around the updates of a story loaded `with_parts`, in two queries."""
    pinned = next(iter(story.updates.public().pinned().with_parts()), None)
    if pinned:
        pinned.story = story
    return StoryRegions(story, pinned, _sources_of(story))


def _sources_of(story):
    sources = list(Source.objects.filter(pk__in=story.source_counts))
    for source in sources:
        source.update_count = story.source_counts[str(source.pk)]
    return sorted(sources, key=lambda source: (-source.update_count, source.name))
