"""Who may do what: the newsroom's three roles."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.utils.translation import gettext as _

from liveblog.models import Story, Update, Version

from .errors import Forbidden

REPORTER, EDITOR, CHIEF_EDITOR = "Reporter", "Editor", "Chief editor"

Verb = Version.Verb
# Permissions that belong to no verb in a story's history.
VIEW, MANAGE_USERS = "view", "manage_users"
MANAGE_TOKENS, MANAGE_WEBHOOKS = "manage_tokens", "manage_webhooks"
SEE_AUDIT_TRAIL = "see_audit_trail"
KNOWN = {*Verb.values, VIEW, MANAGE_USERS, MANAGE_TOKENS, MANAGE_WEBHOOKS, SEE_AUDIT_TRAIL}
REPORTERS_VERBS = {
    *(VIEW, Verb.SAVE_DRAFT, Verb.SUBMIT, Verb.DELETE_DRAFT, Verb.REVIVE),
    *(Verb.PROPOSE_SOURCE, Verb.ADD_PICTURE, Verb.DESCRIBE_PICTURE),
}
CHIEFS_VERBS = {
    *(Verb.WITHDRAW_STORY, Verb.RENAME_SOURCE, Verb.MERGE_SOURCES, Verb.SET_TEAM),
    *(MANAGE_USERS, MANAGE_TOKENS, MANAGE_WEBHOOKS, SEE_AUDIT_TRAIL),
}
ROLES = """SELECT name FROM auth_group
    JOIN auth_user_groups ON auth_user_groups.group_id = auth_group.id WHERE user_id = %s"""
OWN_WORK = {Update.Status.DRAFT, Update.Status.SUBMITTED}


def roles_of(user: AbstractBaseUser) -> set[str]:
    """Return the names of the user's groups; one query, cached on the user."""
    if not user.is_active or not user.is_authenticated:
        return set()
    if not hasattr(user, "_newsroom_roles"):
        user._newsroom_roles = _read_roles(user)
    return user._newsroom_roles | ({CHIEF_EDITOR} if user.is_superuser else set())


def _read_roles(user):
    """Read the names of a user's groups: every request of an editor does, hence plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(ROLES, [user.pk])
        return {name for (name,) in cursor.fetchall()}


def is_chief_editor(user) -> bool:
    return CHIEF_EDITOR in roles_of(user)


def is_editor(user) -> bool:
    return bool(roles_of(user) & {EDITOR, CHIEF_EDITOR})


def is_reporter(user) -> bool:
    return REPORTER in roles_of(user)


def may(user, verb: str, obj: Story | Update | None = None) -> bool:
    """Return whether the user may do this to the story or update in any state.

    `obj` is the update, or the story where no update is meant; None asks whether
    there is anything at all that the user may do it to. Raises `ValueError` for an
    unknown verb: a misspelt one must not pass as an editor's right.
    """
    if verb not in KNOWN:
        raise ValueError(f"There is no verb “{verb}”.")
    if verb in CHIEFS_VERBS:
        return is_chief_editor(user)
    if is_editor(user):
        return True
    if not is_reporter(user) or verb not in REPORTERS_VERBS:
        return False
    if isinstance(obj, Update):
        return _reporter_may(user, verb, obj)
    return not isinstance(obj, Story) or _is_on_team(user, obj)


def require(user, verb: str, obj: Story | Update | None = None) -> None:
    """Raise `Forbidden` unless the user may."""
    if not may(user, verb, obj):
        raise Forbidden(_("Your role does not allow this. Nothing was changed."))


def _reporter_may(user, verb, update):
    if not _is_on_team(user, update.story):
        return False
    is_new = update._state.adding and update.created_by_id is None
    own = is_new or update.created_by_id == user.pk
    return verb == VIEW or (own and update.status in OWN_WORK and update.number is None)


def _is_on_team(user, story):
    team = {member.pk for member in story.team.all()}
    return not team or user.pk in team
