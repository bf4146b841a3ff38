"""What a page shows of a story outside its list of updates."""

from dataclasses import dataclass, field

from django.db.models import Q

from .source import Source
from .story import Story
from .update import Update

KEY_EVENTS = 40  # the newest of them; more would be a second list of updates
LATEST = 8


@dataclass(frozen=True)
class Outline:
    """A story's own parts, and those of its updates that stand outside the list, newest first.

    `key_events` is empty where there are fewer than two. `sources` carry `update_count`.
    """

    story: Story
    pinned: Update | None = None
    key_events: list[Update] = field(default_factory=list)
    latest: list[Update] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def read_outline(story: Story, *, sources: bool = True) -> Outline:
    """Read what stands around the updates of a story loaded `with_parts`; two queries.

    Without `sources`, for pages that don't show them, one.
    """
    newest = story.updates.public().newest_first()
    latest = newest.values("pk")[:LATEST]
    shown = Q(is_key_event=True) | Q(is_pinned=True) | Q(pk__in=latest)
    pin_first = ("-is_pinned", *newest.query.order_by)
    rows = list(newest.filter(shown).with_parts().order_by(*pin_first)[: KEY_EVENTS + 1])
    for update in rows:
        update.story = story
    pinned = rows[0] if rows and rows[0].is_pinned else None
    rows.sort(key=lambda update: (update.published_at, update.number), reverse=True)
    key_events = [update for update in rows if update.is_key_event]
    return Outline(
        story,
        pinned=pinned,
        key_events=key_events if len(key_events) > 1 else [],
        latest=rows[:LATEST],
        sources=list(Source.objects.cited_in(story)) if sources else [],
    )
