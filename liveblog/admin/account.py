"""A person's own account: where they are signed in, and their second factor."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liveblog import second_factor, sessions, throttle
from liveblog.models import AuditAction
from liveblog.publishing import record

from .post_only import post_only
from .sign_in import CodeForm, leads_to_a_page

# Pages of accounts, roles, tokens, webhooks and of retracting without trace: whoever finds a desk
# unattended does not get to these.
SENSITIVE = ("auth_user_", "liveblog_apitoken_", "liveblog_webhook_")
ALSO_SENSITIVE = {
    *("liveblog_update_retract_without_trace", "set_up_second_factor", "make_recovery_codes"),
}
# A form opened in time may be sent a little later: what was typed is not lost.
FORM_FOR = 2 * sessions.CONFIRMED_FOR


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


def must_confirm(request) -> bool:
    """Return whether the password is to be asked for before this page."""
    name = request.resolver_match.url_name or ""
    is_form = request.method not in ("GET", "HEAD")
    is_list = name.endswith("_changelist") and not is_form
    if is_list or not (name.startswith(SENSITIVE) or name in ALSO_SENSITIVE):
        return False
    within = FORM_FOR if is_form else sessions.CONFIRMED_FOR
    return not sessions.is_confirmed(request.session, within=within)


def ask_for_password(request):
    """Lead to the page that asks, and from there to the page that the request belongs to."""
    found = request.resolver_match
    address = request.get_full_path()
    if request.method == "POST" and "pk" in found.kwargs and found.url_name.startswith(SENSITIVE):
        model = "_".join(found.url_name.split("_")[:2])  # a button of a row's page
        address = reverse(f"admin:{model}_change", args=[found.kwargs["pk"]])
    query = urlencode({"next": address})
    return HttpResponseRedirect(f"{reverse('admin:confirm_password')}?{query}")


class Account:
    """The admin site's pages of one's own account."""

    def get_urls(self):
        wrap, post = self.admin_view, post_only
        return [
            path("account/", wrap(self.account), name="account"),
            path("account/password/", wrap(self.confirm_password), name="confirm_password"),
            path("account/sessions/", wrap(post(self.end_sessions)), name="end_sessions"),
            path("account/codes/", wrap(post(self.make_codes)), name="make_recovery_codes"),
            path("account/set-up/", wrap(self.set_up), name="set_up_second_factor"),
            *super().get_urls(),
        ]

    def account(self, request):
        """List the person's sessions, and say whether they have a second factor."""
        return self._page(
            request,
            "account.html",
            title=_("Your sign-ins"),
            sessions=sessions.of_user(request.user),
            current=request.session.session_key,
            has_second_factor=second_factor.is_set_up(request.user),
        )

    def end_sessions(self, request):
        """End one session, or all but this one."""
        id = request.POST.get("id", "")
        count = sessions.end(request.user, id=id, but=request.session.session_key)
        if count:
            details = {"sessions": count}
            record(AuditAction.SESSION_ENDED, by=request.user, on=request.user, details=details)
        messages.success(request, _("Signed out there."))
        return HttpResponseRedirect(reverse("admin:account"))

    def confirm_password(self, request):
        """Ask for the password again, and go on."""
        address = request.GET.get("next", "")
        address = address if leads_to_a_page(address) else reverse("admin:account")
        if not throttle.is_allowed(request, request.user):
            return throttle.refuse(request)
        form = PasswordForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            if request.user.check_password(form.cleaned_data["password"]):
                sessions.confirm(request.session)
                record(AuditAction.PASSWORD_CONFIRMED, by=request.user, on=request.user)
                return HttpResponseRedirect(address)
            throttle.count_failure(request, request.user)
            form.add_error("password", _("This is not your password."))
        title = _("Your password, once more")
        return self._page(request, "confirm_password.html", title=title, form=form)

    def make_codes(self, request):
        if not second_factor.is_set_up(request.user):
            return HttpResponseRedirect(reverse("admin:account"))
        codes, address = second_factor.make_recovery_codes(request.user), reverse("admin:account")
        context = {"title": _("Recovery codes"), "codes": codes, "next": address}
        return self._page(request, "recovery_codes.html", **context)

    def set_up(self, request):
        """Set a second factor up, or one on another phone, while signed in."""
        form = CodeForm(request.POST if request.method == "POST" else None)
        return self.set_up_page(request, request.user, form, reverse("admin:account"))

    def _page(self, request, template, **context):
        frame = self.each_context(request) | context
        return TemplateResponse(request, f"admin/liveblog/account/{template}", frame)
