"""What a page shows of a story outside its list of updates."""

from dataclasses import dataclass, field

from .source import Source
from .story import Story
from .update import Update


@dataclass(frozen=True)
class Outline:
    """A story loaded `with_parts`, its pinned update, and its sources with `update_count`."""

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


def read_outline(story: Story) -> Outline:
    """Read what stands around the updates of a story loaded `with_parts`, in two queries."""
    pinned = story.updates.public().filter(is_pinned=True).with_parts().first()
    if pinned:
        pinned.story = story
    return Outline(story, pinned, list(Source.objects.cited_in(story)))
