"""The admin site: its name, home page, extra addresses and choice of language."""

from functools import wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog, set_language

from liveblog.models import AuditAction
from liveblog.publishing import record

from .clock import StoryClock
from .composer.sending import answer_script
from .home import home_context, home_html
from .integration_notices import paused_webhooks


class NewsroomAdminSite(StoryClock, AdminSite):
    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("Newsroom")
    site_url = "/"

    def get_urls(self):
        return [
            path("language/", set_language, name="language"),
            path("home/", self.admin_view(self.home), name="home"),
            path("session/", self.admin_view(self.session), name="session"),
            *super().get_urls(),
        ]

    def admin_view(self, view, cacheable=False):
        """Answer a form that a script sends with JSON: it can't see where a redirect leads."""
        plain = super().admin_view(view, cacheable)

        @wraps(plain)
        def answer(request, *args, **kwargs):
            return answer_script(request, plain(request, *args, **kwargs), self._sign_in)

        return answer

    @property
    def _sign_in(self):
        return reverse("admin:login", current_app=self.name)

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if response.status_code == 302:
            record(AuditAction.PASSWORD_CHANGED, by=request.user, on=request.user)
        return response

    def i18n_javascript(self, request, extra_context=None):
        """Serve the words of the admin's scripts: Django's, and our editor's."""
        packages = ["django.contrib.admin", "liveblog"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def session(self, request):
        """Tell a script who is signed in, without renewing the session."""
        request.is_beat = True
        return JsonResponse({"person": request.user.pk})

    def index(self, request, extra_context=None):
        """Show the newsroom's home page above Django's list of models."""
        paused = {"paused_webhooks": paused_webhooks(request.user)}
        home = {**home_context(request.user), **paused}
        return super().index(request, {**home, **(extra_context or {})})

    def home(self, request):
        """Return the part of the home page that refreshes itself."""
        request.is_beat = True
        return JsonResponse({"html": home_html(request.user)})
