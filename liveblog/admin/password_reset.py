"""Forgotten passwords: a link to set another, sent to the address of the account."""

import contextvars
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liveblog import account_mail
from liveblog.accounts import NewsroomBackend
from liveblog.models import AuditAction, AuditEntry
from liveblog.publishing import record

from .invitations import letter_with_link

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=5)  # nobody's mailbox is filled by others
MOST_WAITING = 100  # questions at work or in the queue
_room = threading.BoundedSemaphore(MOST_WAITING)
# Beside the request: how long the answer takes does not say whether there is such an account.
_mail = ThreadPoolExecutor(1, thread_name_prefix="password-reset")


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


def password_reset(request):
    """Ask for an address, and say the same of every one; without e-mail, say whom to ask."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    is_sent = bool(settings.EMAIL_HOST) and form.is_valid()
    if is_sent:
        _send_later(form.cleaned_data["email"])
    frame = admin.site.each_context(request) | {
        "title": _("Forgotten password"),
        "form": form,
        "has_mail": bool(settings.EMAIL_HOST),
        "is_sent": is_sent,
    }
    return TemplateResponse(request, "admin/liveblog/account/password_reset.html", frame)


def _send_later(address):
    if not _room.acquire(blocking=False):
        log.warning("Too many forgotten passwords at once: one was left out.")
        return
    work = contextvars.copy_context().run
    _mail.submit(work, _send, address, translation.get_language()).add_done_callback(_log_failure)


def _send(address, language):
    try:
        with translation.override(language):
            letters = [letter for user in _users_of(address) for letter in _letters(user)]
            account_mail.send(letters)
    finally:
        connection.close()
        _room.release()


def _log_failure(sending):
    """Nobody waits for the result."""
    if error := sending.exception():
        log.error("A link to set a password could not be sent.", exc_info=error)


def _users_of(address) -> list[User]:
    users = User.objects.filter(email__iexact=address, is_staff=True)
    return [each for each in users if NewsroomBackend().user_can_authenticate(each)]


def _letters(user):
    asked = AuditEntry.objects.filter(action=AuditAction.PASSWORD_FORGOTTEN, object_id=str(user.pk))
    if asked.filter(at__gt=timezone.now() - AGAIN_AFTER).exists():
        return
    record(AuditAction.PASSWORD_FORGOTTEN, on=user)
    yield letter_with_link(user)
