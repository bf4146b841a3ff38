"""How often somebody may fail to sign in: by name, by address, and by both together."""

from ipaddress import IPv6Address, ip_address, ip_network

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.shortcuts import render
from django.utils.translation import gettext as _


class SignInThrottle(AxesDatabaseHandler):
    """Axes counts for all of `AXES_LOCKOUT_PARAMETERS` to one limit; here each has its own.

    A newsroom shares an address, and a name is tried from many: both are allowed more.
    """

    def get_failures(self, request, credentials=None):
        counted = self.get_user_attempts(request, credentials)
        limits = settings.SIGN_IN_LIMITS
        shares = [_count(rows) / limit for rows, limit in zip(counted, limits, strict=True)]
        return int(max(shares) * settings.AXES_FAILURE_LIMIT)

    def reset_user_attempts(self, request, credentials=None):
        """Forget a person's failures at their own address, and nobody else's."""
        own = self.filter_user_attempts(request, credentials)[0]
        return own.delete()[0]


def network_of(request) -> str | None:
    """Return whom an address counts as: of IPv6 a /64, which is what one customer has at least."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0])
    except ValueError:
        return None
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


def refuse(request, response=None, credentials=None):
    """Answer 429: the same for names that there are and that there are not."""
    seconds = int(settings.AXES_COOLOFF_TIME * 3600)
    context = {"title": _("Too many attempts"), "minutes": -(-seconds // 60)}
    answer = render(request, "admin/liveblog/account/locked_out.html", context, status=429)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _count(attempts) -> int:
    return sum(attempts.values_list("failures_since_start", flat=True))


def _credentials(user) -> dict:
    return {User.USERNAME_FIELD: user.get_username()}
