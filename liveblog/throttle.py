"""How often somebody may fail to sign in: by name, by address, and by both together."""

from ipaddress import IPv6Address, ip_address, ip_network

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.shortcuts import render
from django.utils.translation import gettext as _

from liveblog import origin
from liveblog.models import AuditAction, AuditEntry

SIGN_INS = 50  # how many of a person's last ones tell where they work


class SignInThrottle(AxesDatabaseHandler):
    """Axes counts for all of `AXES_LOCKOUT_PARAMETERS` to one limit; here each has its own.

    A newsroom shares an address, and a name is tried from many: both are allowed more.
    """

    def get_failures(self, request, credentials=None):
        counted = self.get_user_attempts(request, credentials)
        limits = settings.SIGN_IN_LIMITS
        shares = [_count(rows) / limit for rows, limit in zip(counted, limits, strict=True)]
        # Three addresses are enough to use a name's own share up: that locks nobody out where they
        # signed in before. There the share of name and address together holds.
        if shares[1] >= 1 and _has_signed_in_here(request, credentials):
            shares[1] = 0
        return int(max(shares) * settings.AXES_FAILURE_LIMIT)

    def reset_user_attempts(self, request, credentials=None):
        """Forget a person's failures at their own address, and nobody else's."""
        own = self.filter_user_attempts(request, credentials)[0]
        return own.delete()[0]


def network_of(request) -> str | None:
    """Return whom an address counts as: of IPv6 a /64, which is what one customer has at least."""
    address = origin.sender_of(request)
    return address and _network(address)


def _network(address: str) -> str:
    address = ip_address(address)
    if not isinstance(address, IPv6Address):
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped or ip_network((address, 64), strict=False).network_address)


def is_allowed(request, user) -> bool:
    """Return whether the person may try a password or code now."""
    return AxesProxyHandler.is_allowed(request, _credentials(user))


def count_failure(request, user) -> None:
    """Count a wrong password or code, as a failed sign-in is counted and recorded."""
    user_login_failed.send(__name__, credentials=_credentials(user), request=request)


def was_refused(request) -> bool:
    """Return whether the attempt was over the limit: it is not counted, and renews no lock."""
    is_locked_out = getattr(request, "axes_locked_out", False)
    return is_locked_out and request.axes_failures_since_start is None


def refuse(request, response=None, credentials=None):
    """Answer 429: the same for names that there are and that there are not."""
    seconds = int(settings.AXES_COOLOFF_TIME * 3600)
    context = {"title": _("Too many attempts"), "minutes": -(-seconds // 60)}
    answer = render(request, "admin/liveblog/account/locked_out.html", context, status=429)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _has_signed_in_here(request, credentials) -> bool:
    """Return whether one of the person's last sign-ins was from the request's network."""
    name = get_client_username(request, credentials)
    entries = AuditEntry.objects.filter(person=name, action=AuditAction.SIGN_IN)
    addresses = entries.order_by("-id").values_list("address", flat=True)[:SIGN_INS]
    here = network_of(request)
    return here is not None and here in {_network(each) for each in addresses if each}


def _count(attempts) -> int:
    return sum(attempts.values_list("failures_since_start", flat=True))


def _credentials(user) -> dict:
    return {User.USERNAME_FIELD: user.get_username()}
