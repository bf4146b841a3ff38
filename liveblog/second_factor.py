"""Second factors: codes of an app on a phone (TOTP), and recovery codes for when it is lost."""

from base64 import b32encode

import segno
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from liveblog import account_mail
from liveblog.models import AuditAction
from liveblog.publishing import record
from liveblog.publishing.policy import roles_of

RECOVERY_CODES = 10
APPS_DIGITS = 6  # a recovery code is longer, and may be of digits alone
GIVEN = "second_factor_given"  # in the session
SETTING_UP = "second_factor_set_up"  # in the session: the device that waits for its first code


def is_set_up(user) -> bool:
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def is_required(user) -> bool:
    """Return whether the person's role must have one."""
    required = settings.REQUIRE_SECOND_FACTOR
    return bool(required) and not roles_of(user).isdisjoint(required)


def is_asked_for(user) -> bool:
    return is_set_up(user) or is_required(user)


def note_given(session) -> None:
    session[GIVEN] = True


def is_missing(request) -> bool:
    """Return whether a session without a second factor belongs to somebody who needs one now.

    Their role may have changed since they signed in, or `REQUIRE_SECOND_FACTOR`.
    """
    return not request.session.get(GIVEN) and is_required(request.user)


def check(user, code: str) -> bool:
    """Return whether a code of the person's app, or a recovery code, is right; it is used up."""
    code = "".join(code.split()).lower()
    model = TOTPDevice if len(code) == APPS_DIGITS else StaticDevice
    with transaction.atomic():
        devices = model.objects.devices_for_user(user, confirmed=True).select_for_update()
        return any(device.verify_token(code) for device in devices)


def device_to_set_up(user, session) -> TOTPDevice:
    """Return the device that waits for its first code; the same until then, in this session.

    A key that another session was shown is worthless: somebody else may have seen it.
    """
    waiting = TOTPDevice.objects.devices_for_user(user, confirmed=False)
    device = waiting.filter(pk=session.get(SETTING_UP)).first()
    if device is None:
        waiting.delete()
        device = TOTPDevice.objects.create(user=user, name=settings.SITE_NAME, confirmed=False)
        session[SETTING_UP] = device.pk
    return device


def qr_code(device: TOTPDevice) -> str:
    """Return the picture that a phone's app reads, as a data address."""
    return segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=3, light="#fff")


def set_up(user, device: TOTPDevice, code: str) -> list[str] | None:
    """Confirm the device by its first code; returns new recovery codes, None on a wrong code."""
    with transaction.atomic():
        waiting = TOTPDevice.objects.select_for_update().filter(pk=device.pk).first()
        if waiting is None or not waiting.verify_token("".join(code.split())):
            return None
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        record(AuditAction.SECOND_FACTOR_ADDED, by=user, on=user)
        account_mail.report_own(user, _("A second factor was set up for your account."))
        return _replace_recovery_codes(user)


def make_recovery_codes(user) -> list[str]:
    """Replace the person's recovery codes; each is good once."""
    codes = _replace_recovery_codes(user)
    account_mail.report_own(user, _("New recovery codes were made for your account."))
    return codes


def _replace_recovery_codes(user):
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
        record(AuditAction.RECOVERY_CODES_MADE, by=user, on=user)
    return codes


def remove(user, *, by=None) -> bool:
    """Take the second factor and its recovery codes away; returns whether there was one."""
    with transaction.atomic():
        count, _models = TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        if count:
            record(AuditAction.SECOND_FACTOR_REMOVED, by=by, on=user)
            account_mail.report_own(user, _("Your second factor was taken away."))
    return bool(count)


def key_of(device: TOTPDevice) -> str:
    """Return the key for typing it into an app, in groups of four."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
