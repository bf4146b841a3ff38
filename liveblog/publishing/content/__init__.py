"""What an editor writes, apart from the rows that keep it."""

from .story import StoryContent
from .update import Citation, UpdateContent

__all__ = ["Citation", "StoryContent", "UpdateContent"]
