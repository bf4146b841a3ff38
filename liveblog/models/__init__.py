"""What is stored, and who may see it."""

from .byline import StoryByline, UpdateByline
from .correction import Correction
from .person import Person
from .picture import Picture
from .slug_redirect import OldAddress
from .source import Attribution, Source
from .story import Story
from .topic import Topic
from .update import Update
from .update_picture import UpdatePicture
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
