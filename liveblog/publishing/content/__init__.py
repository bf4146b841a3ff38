"""Content as editors write it, independent of the rows that store it."""

from .story import StoryContent
from .update import Citation, UpdateContent

__all__ = ["Citation", "StoryContent", "UpdateContent"]
