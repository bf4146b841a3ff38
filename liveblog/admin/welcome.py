"""Where a one-time link leads: a new colleague, or one who forgot, sets a password."""

from django.contrib import admin, messages
from django.contrib.auth import views
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext, gettext_lazy

from liveblog import account_mail, sessions
from liveblog.models import AuditAction
from liveblog.publishing import record

from .password_reset import password_reset


class SetPassword(views.PasswordResetConfirmView):
    """Django's own page, in the admin's frame; whoever was signed in before is signed out."""

    template_name = "admin/liveblog/account/welcome.html"
    title = gettext_lazy("Set your password")

    def get_context_data(self, **kwargs):
        frame = admin.site.each_context(self.request)
        # The menu is for those who are signed in.
        return {**frame, **super().get_context_data(**kwargs), "is_nav_sidebar_enabled": False}

    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.end(self.user, but=None)
        record(AuditAction.PASSWORD_CHANGED, by=self.user, on=self.user)
        account_mail.report_own(self.user, gettext("Your password was changed."))
        done = gettext("Your password is set. Your username: %(name)s")
        messages.success(self.request, done % {"name": self.user.get_username()})
        return response


def done(request):
    return redirect("admin:login")


urlpatterns = [
    path("forgotten/", password_reset, name="admin_password_reset"),  # the name of Django's link
    path("<uidb64>/<token>/", SetPassword.as_view(), name="password_reset_confirm"),
    path("done/", done, name="password_reset_complete"),
]
