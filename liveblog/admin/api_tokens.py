"""API tokens in the admin: create, show once, revoke."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from liveblog import publishing
from liveblog.models import ApiToken

from .form_state import form_state
from .integration_pages import IntegrationAdmin
from .list_cells import tag
from .modeladmin import NewsroomForm

USED_FOR = 20  # changes shown


class TokenForm(NewsroomForm):
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=ApiToken.Scope,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A token never does more than its person may at the time."),
    )

    class Meta:
        model = ApiToken
        fields = ["name", "person", "scopes", "story", "expires_at"]


@admin.register(ApiToken)
class ApiTokenAdmin(IntegrationAdmin):
    verb = "manage_tokens"
    buttons = {"revoke": "revoke"}
    form = TokenForm
    change_form_template = "admin/liveblog/api_token.html"
    list_display = [
        "name",
        "person",
        "allowed",
        "story",
        "beginning",
        "last_used_at",
        "expires_at",
        "state",
    ]
    list_select_related = ["person", "story"]
    search_fields = ["name", "person__username", "beginning"]
    fields = ["name", "person", "scopes", "story", "expires_at"]

    def has_change_permission(self, request, obj=None):
        """Tokens can't be edited: whoever holds one must be able to rely on what it may do."""
        return False

    has_delete_permission = has_change_permission

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.fields
        return [
            *("name", "person", "allowed", "story", "beginning", "created_at", "created_by"),
            *("last_used_at", "expires_at", "revoked_at", "revoked_by"),
        ]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "person":
            people = User.objects.filter(is_active=True, is_staff=True)
            kwargs["queryset"] = people.order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["versions"] = obj.versions.select_related("story", "update")[:USED_FOR]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def write_row(self, request, form, formsets, *, is_new):
        given = {name: form.cleaned_data[name] for name in self.fields}
        token, form_state(request).secret = publishing.create_token(by=request.user, **given)
        return token

    def show_new(self, request, obj):
        state = form_state(request)
        return self.show_secret(
            request,
            state.saved,
            title=_("The token of “%(name)s”") % {"name": state.saved},
            secret=state.secret,
            instructions=_("Copy it now: it is shown this once. Programs send it as"),
        )

    def revoke(self, request, token):
        publishing.revoke_token(token, by=request.user)
        return self.back(request, token, _("Revoked: the token is worthless from now on."))

    @admin.display(description=_("scopes"))
    def allowed(self, token):
        return ", ".join(str(ApiToken.Scope(each).label) for each in token.scopes)

    @admin.display(description=_("state"))
    def state(self, token):
        if token.revoked_at:
            return tag("retracted", _("revoked"))
        return tag("draft", _("expired")) if token.is_expired else tag("live", _("in use"))
