"""The only writer: every change that readers can see, or that moves an update on its way to them.

A verb checks who may, locks the story, changes it, keeps a version and notifies,
in one transaction. It reads what it changes again under the lock: the instances it is
given only name the rows. Each raises `Refused`, `Invalid`, `Conflict`, `Busy` or
`Unstored`, and has then changed nothing.
"""

from .api_tokens import create_token, revoke_token, use_token
from .archive_import import (
    ArchiveImport,
    ImportedUpdate,
    Outcome,
    PastVersion,
    SharedRows,
    store_pictures,
)
from .audit import differences, prune_trail, record
from .bulk_retraction import Retracted, retract_all
from .conflicts import describe, sent_back_by, what_happened
from .content import Citation, StoryContent, UpdateContent
from .drafts import delete_draft, revive, save_draft, schedule, send_back, submit, unschedule
from .edits import correct, edit
from .epochs import renew_epochs
from .errors import Busy, Conflict, Forbidden, Invalid, PublishingError, Refused, Unstored
from .fixture_import import FIXTURE_ORDER, FixtureImport, FixtureImportError, MissingParentError
from .lifecycle import delete_story, end_story, open_story, withdraw_story
from .locks import locked_one
from .moved_addresses import keep_moved_addresses
from .new_files import NewFiles
from .pictures import add_picture
from .pins import mark_key_event, pin, unpin
from .policy import Verb, may, pictures_of, require, require_pictures, roles_of
from .publication import publish, publish_due
from .reference_data import (
    create_shared,
    delete_shared,
    describe_picture,
    edit_shared,
    merge_sources,
    propose_source,
    rename_source,
)
from .retraction import UNDO_WITHIN, restore, retract, undo
from .snapshots import names_gone, read_story, read_update
from .stories import check_summary, create_story, edit_story, set_silence_alarm, set_team
from .verification import verify
from .webhooks import (
    delete_webhook,
    pause_webhook,
    resume_webhook,
    rotate_secret,
    save_webhook,
    send_again,
)

__all__ = [
    "FIXTURE_ORDER",
    "UNDO_WITHIN",
    "ArchiveImport",
    "Busy",
    "Citation",
    "Conflict",
    "FixtureImport",
    "FixtureImportError",
    "Forbidden",
    "ImportedUpdate",
    "Invalid",
    "MissingParentError",
    "NewFiles",
    "Outcome",
    "PastVersion",
    "PublishingError",
    "Refused",
    "Retracted",
    "SharedRows",
    "StoryContent",
    "Unstored",
    "UpdateContent",
    "Verb",
    "add_picture",
    "check_summary",
    "correct",
    "create_shared",
    "create_story",
    "create_token",
    "delete_draft",
    "delete_shared",
    "delete_story",
    "delete_webhook",
    "describe",
    "describe_picture",
    "differences",
    "edit",
    "edit_shared",
    "edit_story",
    "end_story",
    "keep_moved_addresses",
    "locked_one",
    "mark_key_event",
    "may",
    "merge_sources",
    "names_gone",
    "open_story",
    "pause_webhook",
    "pictures_of",
    "pin",
    "propose_source",
    "prune_trail",
    "publish",
    "publish_due",
    "read_story",
    "read_update",
    "record",
    "rename_source",
    "renew_epochs",
    "require",
    "require_pictures",
    "restore",
    "resume_webhook",
    "retract",
    "retract_all",
    "revive",
    "revoke_token",
    "roles_of",
    "rotate_secret",
    "save_draft",
    "save_webhook",
    "schedule",
    "send_again",
    "send_back",
    "sent_back_by",
    "set_silence_alarm",
    "set_team",
    "store_pictures",
    "submit",
    "undo",
    "unpin",
    "unschedule",
    "use_token",
    "verify",
    "what_happened",
    "withdraw_story",
]
