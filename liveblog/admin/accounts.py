"""Who may sign in: active accounts, and the demo's own on the demo's machine alone."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

LOCAL = "@localhost"  # how the names of the demo's accounts end


class NewsroomBackend(ModelBackend):
    """Refuses the demo's local accounts in production, signed in already or not."""

    def user_can_authenticate(self, user):
        if user.get_username().endswith(LOCAL) and not settings.DEBUG:
            return False
        return super().user_can_authenticate(user)
