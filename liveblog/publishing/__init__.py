"""The only writer: every change that readers can see, or that moves an update on its way to them.

A verb checks who may, locks the story, changes it, keeps a version and rings the bell,
in one transaction. It reads what it changes again under the lock: the instances it is
given only name the rows. Each raises `Refused`, `Invalid`, `Conflict` or `Busy`, and has
then changed nothing.
"""

from .content import Citation, StoryContent, UpdateContent
from .drafts import delete_draft, revive, save_draft, schedule, send_back, submit
from .edits import correct, edit
from .errors import Busy, Conflict, Invalid, PublishingError, Refused
from .fixture_import import FixtureImport, FixtureImportError
from .lifecycle import delete_story, end_story, open_story, withdraw_story
from .pictures import add_picture
from .pins import mark_key_event, pin, unpin
from .policy import may, require, roles_of
from .publication import publish, publish_due
from .reference_data import create_shared, delete_shared, edit_shared, merge_sources, rename_source
from .snapshots import names_gone, read_story, read_update
from .stories import check_summary, create_story, edit_story, set_team
from .takedown import UNDO_WITHIN, restore, retract, undo

__all__ = [
    "UNDO_WITHIN",
    "Busy",
    "Citation",
    "Conflict",
    "FixtureImport",
    "FixtureImportError",
    "Invalid",
    "PublishingError",
    "Refused",
    "StoryContent",
    "UpdateContent",
    "add_picture",
    "check_summary",
    "correct",
    "create_shared",
    "create_story",
    "delete_draft",
    "delete_shared",
    "delete_story",
    "edit",
    "edit_shared",
    "edit_story",
    "end_story",
    "mark_key_event",
    "may",
    "merge_sources",
    "names_gone",
    "open_story",
    "pin",
    "publish",
    "publish_due",
    "read_story",
    "read_update",
    "rename_source",
    "require",
    "restore",
    "retract",
    "revive",
    "roles_of",
    "save_draft",
    "schedule",
    "send_back",
    "set_team",
    "submit",
    "undo",
    "unpin",
    "withdraw_story",
]
