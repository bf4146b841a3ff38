"""Who may do what: the newsroom's three roles."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liveblog.accounts import role_names_of
from liveblog.models import Picture, Story, Update, Version

from .errors import Forbidden, Invalid

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
OWN_WORK = {Update.Status.DRAFT, Update.Status.SUBMITTED}


def roles_of(user: AbstractBaseUser) -> set[str]:
    """Return the names of the user's groups; at most one query for a user."""
    if not user.is_active or not user.is_authenticated:
        return set()
    return role_names_of(user) | ({CHIEF_EDITOR} if user.is_superuser else set())


def is_chief_editor(user) -> bool:
    return CHIEF_EDITOR in roles_of(user)


def is_editor(user) -> bool:
    return bool(roles_of(user) & {EDITOR, CHIEF_EDITOR})


def is_reporter(user) -> bool:
    return REPORTER in roles_of(user)


def may(user, verb: str, obj: Story | Update | Picture | None = None) -> bool:
    """Return whether the user may do this to the story, update or picture in any state.

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
    if isinstance(obj, Picture):
        return _pictures_open_to(user, verb).filter(pk=obj.pk).exists()
    return not isinstance(obj, Story) or _is_on_team(user, obj)


def require(user, verb: str, obj: Story | Update | Picture | None = None) -> None:
    """Raise `Forbidden` unless the user may."""
    if not may(user, verb, obj):
        raise Forbidden(_("Your role does not allow this. Nothing was changed."))


def pictures_of(user) -> QuerySet[Picture]:
    """Return the pictures that the user may see, and use in updates of their own."""
    return Picture.objects.all() if is_editor(user) else Picture.objects.open_to(user)


def require_pictures(user, ids: Iterable[UUID]) -> None:
    """Raise `Invalid` for pictures that the user may not see, as for those that don't exist."""
    wanted = set(ids)
    if not wanted or is_editor(user):
        return
    missing = wanted - set(pictures_of(user).filter(pk__in=wanted).values_list("pk", flat=True))
    if missing:
        raise Invalid({"pictures": [no_picture(each) for each in sorted(missing)]})


def no_picture(id: UUID) -> str:
    return _("There is no picture %(id)s.") % {"id": id}


def _pictures_open_to(user, verb):
    rows = Picture.objects
    return rows.described_by(user) if verb == Verb.DESCRIBE_PICTURE else rows.open_to(user)


def _reporter_may(user, verb, update):
    if not _is_on_team(user, update.story):
        return False
    is_new = update._state.adding and update.created_by_id is None
    own = is_new or update.created_by_id == user.pk
    return verb == VIEW or (own and update.status in OWN_WORK and update.number is None)


def _is_on_team(user, story):
    team = {member.pk for member in story.team.all()}
    return not team or user.pk in team
