"""What people are sent about their accounts, where e-mail is set (`EMAIL_HOST`)."""

import logging
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _

from liveblog.accounts import name_of, one_time_link
from liveblog.models import AuditAction
from liveblog.publishing import record

log = logging.getLogger(__name__)


def invite(request, user) -> None:
    """Send a person a one-time link to set their password, or show it to be handed over."""
    record(AuditAction.INVITED, by=request.user, on=user)
    # What is rolled back is not told, and no lock is held while a mail server is slow.
    transaction.on_commit(partial(_hand_over, request, user, one_time_link(user)))


def _hand_over(request, user, link):
    subject = _("Your account at %(site)s") % {"site": settings.SITE_NAME}
    text = _(
        "Set your password here, once and within three days:\n%(link)s\n\n"
        "The name to sign in with: %(name)s"
    ) % {"link": link, "name": user.get_username()}
    if _send(user.email, subject, text):
        done = _("A link to set a password went to %(address)s.") % {"address": user.email}
        messages.success(request, done)
        return
    words = _("Hand this link over yourself. It sets the password once, within three days:")
    messages.warning(request, format_html("{} <code>{}</code>", words, link))


def report_change(request, user, changes: dict, *, addresses) -> None:
    """Tell a person what somebody else changed of their account, at the old address too."""
    if user == request.user or not changes:
        return
    changed = [f"{name}: {_plain(was)} → {_plain(now)}" for name, (was, now) in changes.items()]
    text = _("%(person)s changed your account:\n%(changes)s") % {
        "person": name_of(request.user),
        "changes": "\n".join(changed),
    }
    subject = _("Your account at %(site)s was changed") % {"site": settings.SITE_NAME}
    for address in dict.fromkeys(addresses):
        transaction.on_commit(partial(_send, address, subject, text))


def _plain(value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _send(address, subject, text) -> bool:
    """Send, and return whether it went; where it did not, the account is as it is all the same."""
    if not (settings.EMAIL_HOST and address):
        return False
    try:
        send_mail(subject, text, None, [address])
    except (SMTPException, OSError) as error:
        log.warning("A mail about an account was not sent: %s", error)
        return False
    return True
