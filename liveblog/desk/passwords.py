"""Ask for the password again before a takedown that leaves no trace."""

from django.utils.translation import gettext as _

from liveblog import sessions, throttle
from liveblog.models import AuditAction
from liveblog.publishing import Refused, record


class PasswordNeeded(Refused):
    """The password was given too long ago; the same request with it is carried out."""


def require_password(request, sent: dict) -> None:
    """Refuse a retraction without trace until the password was given lately."""
    if sent.get("without_trace") is not True or sessions.is_confirmed(request.session):
        return
    password = sent.get("password")
    if not isinstance(password, str):
        raise PasswordNeeded(_("Retracting without trace asks for it. Nothing was changed yet."))
    if not throttle.is_allowed(request, request.user):
        raise Refused(_("Too many wrong passwords. Wait 15 minutes. Nothing was changed."))
    if not request.user.check_password(password):
        throttle.count_failure(request, request.user)
        raise PasswordNeeded(_("This is not your password. Nothing was changed yet."))
    sessions.confirm(request.session)
    record(AuditAction.PASSWORD_CONFIRMED, by=request.user, on=request.user)
