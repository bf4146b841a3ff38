"""Invite a person to set their password, by e-mail or by a link to hand over."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _

from liveblog import account_mail
from liveblog.accounts import one_time_link
from liveblog.models import AuditAction
from liveblog.publishing import record


def invite(request, user) -> None:
    """Send a person a one-time link to set their password, or show it to be handed over."""
    record(AuditAction.INVITED, by=request.user, on=user)
    transaction.on_commit(partial(_hand_over, request, user))


def letter_with_link(user) -> tuple[str, str, str]:
    """Write to a person how to set their password: address, subject, text."""
    subject = _("Your account at %(site)s") % {"site": settings.SITE_NAME}
    text = _(
        "Set your password here, once and within three days:\n%(link)s\n\nYour username: %(name)s"
    ) % {"link": one_time_link(user), "name": user.get_username()}
    return user.email, subject, text


def _hand_over(request, user):
    if user.email and account_mail.send([letter_with_link(user)]):
        done = _("A link to set a password went to %(address)s.") % {"address": user.email}
        messages.success(request, done)
        return
    words = _("Hand this link over yourself. It sets the password once, within three days:")
    messages.warning(request, format_html("{} <code>{}</code>", words, one_time_link(user)))
