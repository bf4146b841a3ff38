"""Record in the audit trail what commands and shells do to accounts and roles.

The admin's pages record who did it. A command knows nobody: Django's signals show what changed, and
the entry says which command it was. `QuerySet.update()` and SQL send no signal.
"""

from django.contrib.auth.models import Group, User
from django.db.models import signals

from liveblog import origin
from liveblog.models import AuditAction
from liveblog.publishing import differences, record

from .account_records import FIELDS, describe

RECORDED = {"add_person"}  # records what it does itself


def connect() -> None:
    signals.pre_save.connect(_about_to_save, sender=User)
    signals.post_save.connect(_saved, sender=User)
    signals.pre_delete.connect(_about_to_delete, sender=User)
    signals.m2m_changed.connect(_roles_about_to_change, sender=User.groups.through)
    signals.pre_save.connect(_role_about_to_be_renamed, sender=Group)
    signals.pre_delete.connect(_role_about_to_go, sender=Group)


def _is_recorded_here(raw=False) -> bool:
    """Return whether a command is at work; `raw` rows are a fixture's, or a backup's."""
    return not raw and origin.command() not in {"", *RECORDED}


def _about_to_save(sender, instance, raw=False, **kwargs):
    if _is_recorded_here(raw):
        columns = (*FIELDS, "password")
        instance.values_before = User.objects.filter(pk=instance.pk).values(*columns).first()


def _saved(sender, instance, created, raw=False, **kwargs):
    if not _is_recorded_here(raw):
        return
    if created:
        record(AuditAction.CREATE_ACCOUNT, on=instance, details=describe(instance))
        return
    now = User.objects.filter(pk=instance.pk).values(*FIELDS, "password").get()
    changes = differences(instance.values_before, now)
    if changes.pop("password", None):
        record(AuditAction.PASSWORD_CHANGED, on=instance)
    if changes:
        record(AuditAction.CHANGE_ACCOUNT, on=instance, details=changes)


def _about_to_delete(sender, instance, **kwargs):
    if _is_recorded_here():
        record(AuditAction.DELETE_ACCOUNT, on=instance, details=describe(instance))


def _roles_about_to_change(sender, instance, action, reverse, pk_set, **kwargs):
    if not _is_recorded_here() or not action.startswith("pre_"):
        return
    users, roles = _members_and_roles(instance, reverse, pk_set)
    for user in users:
        before = set(user.groups.values_list("name", flat=True))
        now = before | roles if action == "pre_add" else before - roles
        if now != before:
            details = {"roles": [sorted(before), sorted(now)]}
            record(AuditAction.CHANGE_ACCOUNT, on=user, details=details)


def _members_and_roles(instance, reverse, pk_set):
    """Return whose roles are about to change, and which; `pk_set` is None for all of them."""
    if not reverse:
        roles = Group.objects.all() if pk_set is None else Group.objects.filter(pk__in=pk_set)
        return [instance], set(roles.values_list("name", flat=True))
    members = instance.user_set.all() if pk_set is None else User.objects.filter(pk__in=pk_set)
    return members, {instance.name}


def _role_about_to_be_renamed(sender, instance, raw=False, **kwargs):
    before = Group.objects.filter(pk=instance.pk).values_list("name", flat=True).first()
    if _is_recorded_here(raw) and before not in {None, instance.name}:
        record(AuditAction.CHANGE_ROLE, on=instance, details={"name": [before, instance.name]})


def _role_about_to_go(sender, instance, **kwargs):
    if _is_recorded_here():
        members = list(instance.user_set.values_list("username", flat=True))
        details = {"name": [instance.name, None], "members": [sorted(members), []]}
        record(AuditAction.CHANGE_ROLE, on=instance, details=details)
