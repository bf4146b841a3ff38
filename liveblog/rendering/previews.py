"""What readers would see: pages of what is not published yet, from the readers' own templates."""

from datetime import datetime

from django.utils.safestring import SafeString

from liveblog.models import Story, Update
from liveblog.queries.highlights import HEADLINES, NEWEST, Highlights
from liveblog.queries.regions import StoryRegions

from .articles import article_of
from .pages import preview_page, update_page
from .templates import speaking


def preview_update(update: Update, *, now: datetime) -> SafeString:
    """Render an update loaded `with_parts` as if it were published."""
    return update_page(
        _as_published(update, now), earlier=None, later=None, now=now, is_preview=True
    )


def preview_story(story: Story, updates: list[Update], *, now: datetime) -> SafeString:
    """Render a story with updates, drafts among them, as if all were published."""
    shown = [_as_published(update, now) for update in updates]
    shown.sort(key=lambda update: (update.published_at, update.number), reverse=True)
    pinned = next((update for update in shown if update.is_pinned), None)
    highlights = Highlights(
        key_events=[update for update in shown if update.is_key_event],
        newest=shown[:NEWEST],
        headlines=[update for update in shown if update.headline][:HEADLINES],
    )
    with speaking(story.language):
        articles = [article_of(update) for update in shown]
    return preview_page(StoryRegions(story, highlights, pinned), articles, now=now)


def _as_published(update, now):
    """Give an instance, which nobody saves, what publication would give it."""
    update.published_at = update.published_at or update.scheduled_for or now
    update.number = update.number or update.story.revision + 1
    return update
