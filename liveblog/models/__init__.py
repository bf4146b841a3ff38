"""What is stored, and who may see it."""

from .announcement import Announcement
from .api_token import ApiToken
from .audit_entry import AuditAction, AuditEntry, AuditRetention
from .byline import StoryByline, UpdateByline
from .correction import Correction
from .moved_address import MovedAddress
from .person import Person
from .picture import Picture
from .slug_redirect import OldAddress
from .source import Attribution, Source
from .story import Story
from .topic import Topic
from .update import Update
from .update_picture import UpdatePicture
from .version import Version
from .webhook import StoryEvent, Webhook, WebhookAttempt, WebhookMessage

__all__ = [
    "Announcement",
    "ApiToken",
    "Attribution",
    "AuditAction",
    "AuditEntry",
    "AuditRetention",
    "Correction",
    "MovedAddress",
    "OldAddress",
    "Person",
    "Picture",
    "Source",
    "Story",
    "StoryByline",
    "StoryEvent",
    "Topic",
    "Update",
    "UpdateByline",
    "UpdatePicture",
    "Version",
    "Webhook",
    "WebhookAttempt",
    "WebhookMessage",
]
