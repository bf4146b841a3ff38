"""What people are sent about their accounts, where e-mail is set (`EMAIL_HOST`)."""

import logging
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def report(addresses: list[str], text: str) -> None:
    """Tell of a change of an account, once it is committed."""
    subject = _("Your account at %(site)s was changed") % {"site": settings.SITE_NAME}
    letters = [(address, subject, text) for address in dict.fromkeys(addresses) if address]
    # No mail after a rollback, and no lock is held while a mail server is slow.
    transaction.on_commit(partial(send, letters))


def report_own(user, text: str) -> None:
    """Tell a person what was done with their own rights: somebody else may have had them."""
    warning = _("If you know nothing of this, tell whoever runs this site at once.")
    report([user.email], f"{text}\n\n{warning}")


def send(letters: list[tuple[str, str, str]]) -> bool:
    """Send address, subject and text of each; returns whether they went.

    Where they did not, the account is as it is all the same.
    """
    if not (settings.EMAIL_HOST and letters):
        return False
    messages = [EmailMessage(subject, text, None, [to]) for to, subject, text in letters]
    try:
        get_connection().send_messages(messages)
    except (SMTPException, OSError) as error:
        log.warning("A mail about an account was not sent: %s", error)
        return False
    return True
