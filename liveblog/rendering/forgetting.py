"""Forget: drop from memory what shows a story from which something was taken down."""

from liveblog.queries.regions import forget_regions

from .article_cache import forget_articles
from .recent import forget_recent


def forget_story(story_id: int | None) -> None:
    """Drop all that was read and rendered of a story; None: of all stories."""
    forget_articles(story_id)
    forget_recent(story_id)
    forget_regions(story_id)
