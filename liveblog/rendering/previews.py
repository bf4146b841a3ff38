"""What readers would see: pages of what is not published yet, from the readers' own templates."""

from datetime import datetime

from django.utils.safestring import SafeString

from liveblog.models import Story, Update
from liveblog.queries.pagination import Page
from liveblog.queries.regions import StoryRegions

from .pages import story_page, update_page

LATEST = 8  # headlines beside the updates


def preview_update(update: Update, *, now: datetime) -> SafeString:
    """Render an update loaded `with_parts` as if it were published."""
    return update_page(
        _as_published(update, now), earlier=None, later=None, now=now, is_preview=True
    )


def preview_story(story: Story, updates: list[Update], *, now: datetime) -> SafeString:
    """Render a story with updates, drafts among them, as if all were published."""
    shown = [_as_published(update, now) for update in updates]
    shown.sort(key=lambda update: (update.published_at, update.number), reverse=True)
    story.latest_key_events = [update for update in shown if update.is_key_event]
    story.latest_headlines = [update for update in shown if update.headline][:LATEST]
    outline = StoryRegions(story, next((update for update in shown if update.is_pinned), None))
    return story_page(outline, Page(shown), now=now, is_preview=True)


def _as_published(update, now):
    """Give an instance, which nobody saves, what publication would give it."""
    update.published_at = update.published_at or update.scheduled_for or now
    update.number = update.number or update.story.revision + 1
    return update
