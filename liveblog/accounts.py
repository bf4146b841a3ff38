"""Who may sign in, and by which name colleagues know a person."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from liveblog.sql_rows import columns_of, load_rows

LOCAL = "@localhost"  # how the names of the demo's accounts end


class NewsroomBackend(ModelBackend):
    """Refuses the demo's local accounts in production, signed in already or not."""

    def get_user(self, user_id):
        """Read who is signed in; every request of an editor does, and plain SQL is quicker."""
        columns = ", ".join(columns_of(User))
        sql = f"SELECT {columns} FROM auth_user WHERE id = %s"  # noqa: S608 # nosec B608 # our names
        user = next(iter(load_rows(User, sql, [user_id])), None)
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user):
        if is_local(user) and not settings.DEBUG:
            return False
        return super().user_can_authenticate(user)


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
