"""What can be done to a story, an update or what stories share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """The one list of verbs: permissions ask for them, history and audit name them.

    The label says what was done, as history lists it.
    """

    CREATE_STORY = "create_story", _("Created")
    EDIT_STORY = "edit_story", _("Edited")
    CHECK_SUMMARY = "check_summary", _("“What we know” still holds")
    OPEN_STORY = "open_story", _("Opened")
    END_STORY = "end_story", _("Ended")
    WITHDRAW_STORY = "withdraw_story", _("Withdrawn")
    DELETE_STORY = "delete_story", _("Story deleted")
    SET_TEAM = "set_team", _("Team changed")
    SET_SILENCE_ALARM = "set_silence_alarm", _("Silence alarm changed")

    SAVE_DRAFT = "save_draft", _("Draft saved")
    SUBMIT = "submit", _("Submitted")
    SEND_BACK = "send_back", _("Sent back")
    SCHEDULE = "schedule", _("Scheduled")
    RESCHEDULE = "reschedule", _("Rescheduled")
    UNSCHEDULE = "unschedule", _("Unscheduled")
    DELETE_DRAFT = "delete_draft", _("Draft deleted")
    REVIVE = "revive", _("Draft brought back")
    PUBLISH = "publish", _("Published")
    PUBLISH_DUE = "publish_due", _("Published on schedule")
    UNDO = "undo", _("Publication undone")

    EDIT = "edit", _("Edited")  # versions of before the kinds of edit had verbs of their own
    FIX_TYPO = "fix_typo", _("Typo corrected")
    ADD_INFORMATION = "add_information", _("Information added")
    CLARIFY = "clarify", _("Clarified")
    CORRECT = "correct", _("Corrected")
    RETRACT = "retract", _("Retracted")
    RESTORE = "restore", _("Put back")
    PIN = "pin", _("Pinned")
    UNPIN = "unpin", _("Unpinned")
    VERIFY = "verify", _("Verification changed")
    MARK_KEY_EVENT = "mark_key_event", _("Key event changed")

    PROPOSE_SOURCE = "propose_source", _("A source was proposed")
    EDIT_SHARED = "edit_shared", _("A source, topic, person or picture was changed")
    RENAME_SOURCE = "rename_source", _("A source was renamed")
    MERGE_SOURCES = "merge_sources", _("Sources were merged")
    ADD_PICTURE = "add_picture", _("A picture was added")
    DESCRIBE_PICTURE = "describe_picture", _("A picture was described")

    IMPORT = "import", _("Imported")
