"""Begin sessions; record in the audit trail who signed in and out, and who tried to.

By Django's signals: each way of signing in sends them, the admin's page and every other.
"""

from django.contrib.auth import signals
from django.contrib.auth.models import User
from django.db.models.signals import pre_save

from liveblog import sessions, throttle
from liveblog.models import AuditAction
from liveblog.publishing import record


def connect() -> None:
    signals.user_logged_in.connect(_signed_in)
    signals.user_logged_out.connect(_signed_out)
    signals.user_login_failed.connect(_failed)
    pre_save.connect(_forget_what_was_sent, sender="axes.AccessAttempt")


def _signed_in(sender, user, request, **kwargs):
    sessions.begin(request)
    record(AuditAction.SIGN_IN, by=user, on=user)


def _signed_out(sender, user, **kwargs):
    if user:
        record(AuditAction.SIGN_OUT, by=user, on=user)


def _failed(sender, credentials, request=None, **kwargs):
    """Record whose account it was; a name that nobody has may be a password, and is left out."""
    if throttle.was_refused(request):
        return  # the trail can only be added to: whoever goes on trying would fill it
    name = credentials.get(User.USERNAME_FIELD) or ""
    record(AuditAction.SIGN_IN_FAILED, on=User.objects.filter(username=name).first())


def _forget_what_was_sent(sender, instance, **kwargs):
    """Axes keeps a failure's form, where a new password may be beside the wrong old one."""
    instance.get_data = instance.post_data = ""
