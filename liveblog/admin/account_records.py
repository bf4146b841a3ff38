"""Record in the audit trail what chief editors change of accounts."""

from django.contrib.auth.models import User

from liveblog.models import AuditAction
from liveblog.publishing import differences, record

from .account_mail import report_change
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
            report_change(request, obj, {"password": ["…", "…"]}, addresses=[obj.email])
        else:
            changes = differences(before, describe(obj))
            record(AuditAction.CHANGE_ACCOUNT, by=request.user, on=obj, details=changes)
            report_change(request, obj, changes, addresses=[before["email"], obj.email])
        return super().log_change(request, obj, message)
