"""Evict: drop from memory what shows a story from which something was taken down."""

from liveblog.queries.regions import evict_regions

from .article_cache import evict_articles
from .recent import evict_recent


def evict_story(story_id: int | None) -> None:
    """Drop all that was read and rendered of a story; None: of all stories."""
    evict_articles(story_id)
    evict_recent(story_id)
    evict_regions(story_id)
