"""Who may do what: the newsroom's three roles."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from liveblog.models import Story, Update

from .errors import Forbidden

REPORTER, EDITOR, CHIEF_EDITOR = "Reporter", "Editor", "Chief editor"

REPORTERS_VERBS = {"view", "save_draft", "submit", "delete_draft", "propose_source", "add_picture"}
CHIEFS_VERBS = {
    *("withdraw_story", "rename_source", "merge_sources", "set_team", "manage_users"),
    *("manage_tokens", "manage_webhooks"),
}
OWN_WORK = {Update.Status.DRAFT, Update.Status.SUBMITTED}


def roles_of(user: AbstractBaseUser) -> set[str]:
    """Return the names of the user's groups; one query, kept on the user."""
    if not user.is_active or not user.is_authenticated:
        return set()
    if not hasattr(user, "_newsroom_roles"):
        user._newsroom_roles = set(user.groups.values_list("name", flat=True))
    return user._newsroom_roles | ({CHIEF_EDITOR} if user.is_superuser else set())


def is_chief_editor(user) -> bool:
    return CHIEF_EDITOR in roles_of(user)


def is_editor(user) -> bool:
    return bool(roles_of(user) & {EDITOR, CHIEF_EDITOR})


def is_reporter(user) -> bool:
    return REPORTER in roles_of(user)


def may(user, verb: str, obj: Story | Update | None = None) -> bool:
    """Tell whether the user may do this to the story or update, whatever state it is in.

    `obj` is the update, or the story where no update is meant; None asks whether
    there is anything at all that the user may do it to.
    """
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
    return verb == "view" or (own and update.status in OWN_WORK and update.number is None)


def _is_on_team(user, story):
    team = {member.pk for member in story.team.all()}
    return not team or user.pk in team
