"""Where a message waits for the next page."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class AdminCookie(CookieStorage):
    """Django's cookie, for the admin's pages alone: a message may hold a one-time link."""

    def _update_cookie(self, encoded_data, response):
        super()._update_cookie(encoded_data, response)
        if self.cookie_name in response.cookies:
            response.cookies[self.cookie_name]["path"] = settings.SESSION_COOKIE_PATH


class AdminMessages(FallbackStorage):
    """Messages in the cookie, or in the session where the cookie is full: costs no query before."""

    storage_classes = (AdminCookie, SessionStorage)
