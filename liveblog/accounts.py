"""Who may sign in, and by which name colleagues know a person."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from liveblog.round_trips import Statement, read
from liveblog.sql_rows import columns_of, instances_of

LOCAL = "@localhost"  # how the names of the demo's accounts end
ROLES = """SELECT name FROM auth_group
    JOIN auth_user_groups ON auth_user_groups.group_id = auth_group.id WHERE user_id = %s"""


class NewsroomBackend(ModelBackend):
    """Refuses the demo's local accounts in production, signed in already or not."""

    def get_user(self, user_id):
        """Read who is signed in and their roles; every request of an editor does."""
        columns = ", ".join(columns_of(User))
        sql = f"SELECT {columns} FROM auth_user WHERE id = %s"  # noqa: S608 # nosec B608 # our names
        found, roles = read([(sql, [user_id]), _roles_statement(user_id)])
        for user in instances_of(User, found):
            user.role_names = _names(roles)
            return user if self.user_can_authenticate(user) else None
        return None

    def user_can_authenticate(self, user):
        if is_local(user) and not settings.DEBUG:
            return False
        return super().user_can_authenticate(user)


def role_names_of(user) -> set[str]:
    """Return the names of a user's groups; one query, unless they were read with the user."""
    if not hasattr(user, "role_names"):
        [roles] = read([_roles_statement(user.pk)])
        user.role_names = _names(roles)
    return user.role_names


def _roles_statement(user_id) -> Statement:
    return ROLES, [user_id]


def _names(rows) -> set[str]:
    return {name for (name,) in rows}


def is_local(user) -> bool:
    return user.get_username().lower().endswith(LOCAL)


def local_accounts():
    """Local accounts that are active."""
    return User.objects.filter(username__iendswith=LOCAL, is_active=True).order_by("username")


def name_of(user) -> str:
    """Return the name that colleagues see: never the one to sign in with. Nobody has none."""
    if user is None:
        return ""
    return user.get_full_name() or _("Colleague %(number)s") % {"number": user.pk}


def one_time_link(user) -> str:
    """Return the address where a person sets their password once, within three days.

    It is worthless once a password was set, the address was changed or they signed in.
    """
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.SITE_URL + reverse("password_reset_confirm", args=[key, token])
