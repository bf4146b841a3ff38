"""The admin site: its name, home page, extra addresses and choice of language."""

from functools import wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog, set_language

from liveblog import account_mail, sessions, throttle
from liveblog.models import AuditAction
from liveblog.publishing import record

from .account import Account, ask_for_password, must_confirm
from .clock import StoryClock
from .home import home_context, home_html
from .integration_notices import paused_webhooks
from .script_answers import answer_script
from .sign_in import SignIn


class NewsroomAdminSite(SignIn, Account, StoryClock, AdminSite):
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
        """Ask for the password again where it is due, and answer scripts with JSON.

        A script can't see where a redirect leads.
        """

        @wraps(view)
        def confirmed(request, *args, **kwargs):
            if must_confirm(request):
                return ask_for_password(request)
            return view(request, *args, **kwargs)

        plain = super().admin_view(confirmed, cacheable)

        @wraps(plain)
        def answer(request, *args, **kwargs):
            return answer_script(request, plain(request, *args, **kwargs), self._sign_in)

        return answer

    @property
    def _sign_in(self):
        return reverse("admin:login", current_app=self.name)

    def password_change(self, request, extra_context=None):
        """Count wrong old passwords as failed sign-ins, so that a stolen session guesses none."""
        user = request.user
        if request.method == "POST" and not throttle.is_allowed(request, user):
            return throttle.refuse(request)
        response = super().password_change(request, extra_context)
        if response.status_code == 302:
            sessions.end(user, but=request.session.session_key)
            record(AuditAction.PASSWORD_CHANGED, by=user, on=user)
            account_mail.report_own(user, gettext("Your password was changed."))
        elif request.method == "POST" and "old_password" in response.context_data["form"].errors:
            throttle.count_failure(request, user)
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
