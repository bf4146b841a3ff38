"""Accounts: chief editors add a colleague with a role in one form."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog.models import Story
from liveblog.publishing import may
from liveblog.publishing.policy import CHIEF_EDITOR, EDITOR, REPORTER
from liveblog.teams import change_team

from .account_records import RecordedAccounts
from .changelist import CarefulLists
from .invitations import invite
from .list_cells import link

admin.site.unregister(User)
admin.site.unregister(Group)

ROLES = [
    (REPORTER, _("Reporter: writes and submits")),
    (EDITOR, _("Editor: publishes, corrects, retracts")),
    (CHIEF_EDITOR, _("Chief editor: also withdraws stories, renames sources, keeps the team")),
]

OVER = (Story.Status.ENDED, Story.Status.WITHDRAWN)
LINK = "_send_link"  # the button's name


class ColleagueForm(forms.ModelForm):
    """An account and its role."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Story.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Stories that have a team; every reporter may write in the others."),
    )

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "is_active"]
        labels = {"is_active": _("May sign in")}
        help_texts = {
            "username": "",
            "is_active": _("Take the tick away when somebody leaves: what they wrote stays."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            held = set(self.instance.groups.values_list("name", flat=True))
            self.initial["role"] = next((name for name, _ in ROLES[::-1] if name in held), None)
        with_team = Story.objects.exclude(status__in=OVER).filter(team__isnull=False)
        self.fields["teams"].queryset = with_team.distinct().order_by("-pk")
        if not self.fields["teams"].queryset:
            self.fields["teams"].help_text = _("No story has a team: every reporter may write.")
        self.initial["teams"] = [each.pk for each in self._teams()]

    def clean_teams(self):
        """Refuse to take the last member out: the story would be open to every reporter."""
        for story in self._teams().exclude(pk__in=self.cleaned_data["teams"]):
            if story.team.count() == 1:
                raise forms.ValidationError(
                    gettext("Nobody else is on the team of “%(story)s”: change it on its desk.")
                    % {"story": story.headline}
                )
        return self.cleaned_data["teams"]

    def save_teams(self, *, by):
        """Put the colleague on the teams that were ticked, and take them off the others."""
        before, now = set(self._teams()), set(self.cleaned_data["teams"])
        for story in before ^ now:
            members = set(story.team.all()) - {self.instance}
            change_team(story, members | ({self.instance} if story in now else set()), by=by)

    def _teams(self):
        if not self.instance.pk:
            return Story.objects.none()
        return self.fields["teams"].queryset.filter(pk__in=Story.objects.filter(team=self.instance))


class NewColleagueForm(ColleagueForm):
    """A new account, with its first password, or a link to set one."""

    password = forms.CharField(
        label=_("First password"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Best left empty: then they are sent a link where they set one themselves."),
    )

    def clean_password(self):
        if self.cleaned_data["password"]:
            validate_password(self.cleaned_data["password"], self.instance)
        return self.cleaned_data["password"]

    def save(self, commit=True):
        self.instance.set_password(self.cleaned_data["password"] or None)
        return super().save(commit)


@admin.register(User)
class AccountAdmin(RecordedAccounts, CarefulLists, UserAdmin):
    """Only superusers change superusers; accounts are deactivated, not deleted."""

    form, add_form = ColleagueForm, NewColleagueForm
    add_form_template = "admin/auth/user/change_form.html"
    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    filter_horizontal = []
    readonly_fields = ["new_password", "last_login"]
    fieldsets = [
        (None, {"fields": ["first_name", "last_name", "email", "username"]}),
        (None, {"fields": ["role", "teams", "is_active", "new_password", "last_login"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "first_name",
                    "last_name",
                    "email",
                    "username",
                    "password",
                    "role",
                    "teams",
                ]
            },
        ),
    ]

    def save_model(self, request, obj, form, change):
        obj.is_staff = True  # whoever has an account here works here
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "role" in form.cleaned_data:
            form.instance.groups.set(Group.objects.filter(name=form.cleaned_data["role"]))
            form.save_teams(by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        if not obj.has_usable_password():
            invite(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if LINK in request.POST:
            invite(request, obj)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    @admin.display(description=_("password"))
    def new_password(self, user):
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        words = gettext("Save, and send a link to set another")
        button = format_html('<button type="submit" name="{}" value="1">{}</button>', LINK, words)
        return format_html("{} {}", link(address, gettext("Set another password")), button)

    def add_view(self, request, form_url="", extra_context=None):
        title = {"title": gettext("New colleague")} | (extra_context or {})
        return super().add_view(request, form_url, title)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        title = {"title": gettext("Colleague")} | (extra_context or {})
        return super().change_view(request, object_id, form_url, title)

    def changelist_view(self, request, extra_context=None):
        title = {"title": gettext("Colleagues")} | (extra_context or {})
        return super().changelist_view(request, title)

    def has_module_permission(self, request):
        return may(request.user, "manage_users")

    def has_view_permission(self, request, obj=None):
        return may(request.user, "manage_users")

    def has_add_permission(self, request):
        return may(request.user, "manage_users")

    def has_change_permission(self, request, obj=None):
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return may(request.user, "manage_users") and not above

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all())
