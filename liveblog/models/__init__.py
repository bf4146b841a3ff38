"""What is stored, and who may see it."""

from .correction import Correction
from .person import Person
from .picture import Picture
from .source import Attribution, Source
from .story import OldAddress, Story, StoryByline
from .topic import Topic
from .update import Update, UpdateByline, UpdatePicture
from .version import Version

__all__ = [
    "Attribution",
    "Correction",
    "OldAddress",
    "Person",
    "Picture",
    "Source",
    "Story",
    "StoryByline",
    "Topic",
    "Update",
    "UpdateByline",
    "UpdatePicture",
    "Version",
]
