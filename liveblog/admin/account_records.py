"""Record in the audit trail what chief editors change of accounts."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from liveblog import account_mail
from liveblog.accounts import name_of
from liveblog.models import AuditAction
from liveblog.publishing import differences, record

from .form_state import form_state

FIELDS = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")


def describe(user: User) -> dict:
    """Return an account's values as the trail records them; none of its password."""
    roles = sorted(user.groups.values_list("name", flat=True))
    return {**{name: getattr(user, name) for name in FIELDS}, "roles": roles}


class RecordedAccounts:
    """A UserAdmin whose changes are recorded, where Django would log them."""

    def save_model(self, request, obj, form, change):
        if change:
            form_state(request).account_before = describe(User.objects.get(pk=obj.pk))
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        record(AuditAction.CREATE_ACCOUNT, by=request.user, on=obj, details=describe(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        before = form_state(request).account_before
        if before is None:  # Django's form for another's password
            record(AuditAction.PASSWORD_CHANGED, by=request.user, on=obj)
            _report(request, obj, {"password": ["…", "…"]}, [obj.email])
        else:
            changes = differences(before, describe(obj))
            record(AuditAction.CHANGE_ACCOUNT, by=request.user, on=obj, details=changes)
            _report(request, obj, changes, [before["email"], obj.email])
        return super().log_change(request, obj, message)


def _report(request, user, changes: dict, addresses):
    """Tell a person what somebody else changed of their account, at the old address too."""
    if user == request.user or not changes:
        return
    changed = [f"{name}: {_plain(was)} → {_plain(now)}" for name, (was, now) in changes.items()]
    text = _("%(person)s changed your account:\n%(changes)s") % {
        "person": name_of(request.user),
        "changes": "\n".join(changed),
    }
    account_mail.report(addresses, text)


def _plain(value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
