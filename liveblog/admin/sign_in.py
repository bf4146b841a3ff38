"""Signing in: a password, then a second factor for whoever has or needs one."""

import time
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, path, resolve, reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from liveblog import second_factor, sessions, throttle
from liveblog.models import AuditAction
from liveblog.publishing import record

PENDING = "second_factor_of"  # in the session: whose password was right, when, and where to go
PENDING_FOR = 600  # seconds
BACKEND = "liveblog.accounts.NewsroomBackend"
# Addresses that are no page to arrive at: they sign out, answer scripts, or ask to sign in.
NO_PAGES = {"login", "logout", "session", "home", "jsi18n", "language", "second_factor"}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}
        ),
    )


def ask_for_second_factor(request, user, address):
    """Remember whose password was right, in a session that signs nobody in."""
    request.session.flush()
    request.session[PENDING] = [user.pk, user.get_session_auth_hash(), int(time.time()), address]
    return HttpResponseRedirect(reverse("admin:second_factor"))


def complete(request, user, address, *, has_second_factor=False):
    """Sign in, under a session id that nobody had before, and go on to the address."""
    request.session.flush()
    login(request, user, backend=BACKEND)
    if has_second_factor:
        second_factor.note_given(request.session)
    return HttpResponseRedirect(address)


def leads_to_a_page(address: str) -> bool:
    """Return whether a path is one that somebody can arrive at."""
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return False
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    is_page = found.url_name is not None and found.url_name not in NO_PAGES
    is_page = is_page and getattr(found.func, "is_page", True)
    return is_page and address.startswith("/admin/")


class SignInForm(AdminAuthenticationForm):
    """Refuses a name longer than any can be as it refuses a wrong one; no table has to hold it."""

    def clean_username(self):
        name = self.cleaned_data["username"]
        if len(name) > self.fields["username"].max_length:
            raise self.get_invalid_login_error()
        return name


class PasswordPage(LoginView):
    """Django's page, which signs nobody in before the second factor."""

    template_name = "admin/login.html"

    def form_valid(self, form):
        user, address = form.get_user(), self.get_success_url()
        proceed = ask_for_second_factor if second_factor.is_asked_for(user) else complete
        return proceed(self.request, user, address)

    def get_redirect_url(self):
        address = super().get_redirect_url()
        return address if leads_to_a_page(address) else reverse("admin:index")


class SignIn:
    """The admin site's pages to sign in."""

    def get_urls(self):
        page = path("second-factor/", self.second_factor, name="second_factor")
        return [page, *super().get_urls()]

    def has_permission(self, request):
        return super().has_permission(request) and not second_factor.is_missing(request)

    @method_decorator([never_cache, login_not_required])
    def login(self, request, extra_context=None):
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        if second_factor.is_missing(request):
            logout(request)
            words = _("Your role needs a second factor now: sign in again to set it up or give it.")
            messages.info(request, words)
        frame = self.each_context(request) | {
            "title": _("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        request.current_app = self.name
        page = PasswordPage.as_view(extra_context=frame, authentication_form=SignInForm)
        return page(request)

    @method_decorator([never_cache, login_not_required])
    def second_factor(self, request):
        """Ask for a code; somebody without a second factor sets one up."""
        user, address = _pending(request)
        if user is None:
            return HttpResponseRedirect(reverse("admin:login", current_app=self.name))
        if not throttle.is_allowed(request, user):
            return throttle.refuse(request)
        form = CodeForm(request.POST if request.method == "POST" else None)
        if second_factor.is_set_up(user):
            return self._ask_for_code(request, user, form, address)
        return self.set_up_page(request, user, form, address)

    def _ask_for_code(self, request, user, form, address):
        if form.is_valid():
            if second_factor.check(user, form.cleaned_data["code"]):
                return complete(request, user, address, has_second_factor=True)
            record(AuditAction.SECOND_FACTOR_FAILED, on=user)
            throttle.count_failure(request, user)
            form.add_error("code", _("This code is wrong, was used or is too old. Take the next."))
        context = {"title": _("Second factor"), "form": form}
        return self._answer(request, "second_factor.html", context)

    def set_up_page(self, request, user, form, address):
        """Show the QR code until its first code is typed, then the recovery codes once."""
        device = second_factor.device_to_set_up(user, request.session)
        if form.is_valid():
            codes = second_factor.set_up(user, device, form.cleaned_data["code"])
            if codes:
                if request.user != user:
                    complete(request, user, address)
                second_factor.note_given(request.session)
                sessions.end(user, but=request.session.session_key)
                context = {"title": _("Recovery codes"), "codes": codes, "next": address}
                return self._answer(request, "recovery_codes.html", context)
            form.add_error("code", _("This code is not the app's. Wait for its next, and type it."))
        picture, key = second_factor.qr_code(device), second_factor.key_of(device)
        context = {"title": _("Set up a second factor"), "form": form}
        context |= {"picture": picture, "key": key}
        context["is_required"] = second_factor.is_required(user)
        return self._answer(request, "second_factor_set_up.html", context)

    def _answer(self, request, template, context):
        frame = self.each_context(request) | context
        return TemplateResponse(request, f"admin/liveblog/account/{template}", frame)


def _pending(request):
    """Return whose password was right a moment ago, and where they wanted to go."""
    pk, password, at, address = request.session.get(PENDING, (None, "", 0, ""))
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or time.time() - at > PENDING_FOR:
        return None, ""
    is_same = constant_time_compare(password, user.get_session_auth_hash())
    return (user, address) if is_same else (None, "")
