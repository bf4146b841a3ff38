"""The audit trail: chief editors read and export it; nobody changes it."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, StreamingHttpResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog.models import AuditAction, AuditEntry
from liveblog.models.verb import Verb
from liveblog.publishing import may, record
from liveblog.publishing.policy import SEE_AUDIT_TRAIL

from .audit_export import csv_lines
from .changelist import CarefulLists
from .list_cells import link

Action = AuditAction
GROUPS = {
    "signing_in": (
        _("Signing in"),
        {
            *(Action.SIGN_IN, Action.SIGN_IN_FAILED, Action.SIGN_OUT, Action.SESSION_ENDED),
            *(Action.PASSWORD_CONFIRMED, Action.PASSWORD_CHANGED, Action.PASSWORD_FORGOTTEN),
            *(Action.SECOND_FACTOR_ADDED, Action.SECOND_FACTOR_REMOVED),
            *(Action.SECOND_FACTOR_FAILED, Action.RECOVERY_CODES_MADE),
        },
    ),
    "accounts": (
        _("Accounts, tokens and webhooks"),
        {
            *(Action.CREATE_ACCOUNT, Action.CHANGE_ACCOUNT, Action.DELETE_ACCOUNT),
            *(Action.CHANGE_ROLE, Action.INVITED),
            *(Action.CREATE_TOKEN, Action.REVOKE_TOKEN, Action.USE_TOKEN),
            *(each for each in Action if "webhook" in each),
            *(Action.ROTATE_SECRET, Action.SEND_AGAIN),
        },
    ),
    "stories": (
        _("Stories and updates"),
        {*Verb.values, Action.CREATE_SHARED, Action.DELETE_SHARED, Action.MOVE_ADDRESSES},
    ),
    "trail": (_("The audit trail itself"), {Action.EXPORT_TRAIL, Action.PRUNE_TRAIL}),
}
CHANGES = {
    Action.CHANGE_ACCOUNT,
    Action.CHANGE_ROLE,
    Action.CHANGE_WEBHOOK,
}  # their details: [before, after]
PAGES = {"user": "auth_user", "apitoken": "liveblog_apitoken"}  # else "liveblog_<kind>"
KINDS = {
    "story": _("story"),
    "update": _("update"),
    "user": _("account"),
    "group": _("role"),
    "apitoken": _("API token"),
    "webhook": _("webhook"),
    "source": _("source"),
    "topic": _("topic"),
    "person": _("person"),
    "picture": _("picture"),
}


class ActionFilter(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "what"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _actions) in GROUPS.items()]

    def queryset(self, request, queryset):
        if self.value() not in GROUPS:
            return queryset
        return queryset.filter(action__in=GROUPS[self.value()][1])


@admin.register(AuditEntry)
class AuditEntryAdmin(CarefulLists, admin.ModelAdmin):
    empty_value_display = ""
    list_display = ["moment", "who", "deed", "on_what", "address", "what_changed"]
    list_display_links = None
    list_filter = [ActionFilter, "at"]
    list_per_page = 100
    search_fields = ["person", "name", "object_id", "address", "request_id"]
    search_help_text = _("A person, an address, a story's slug, an id")
    show_full_result_count = False

    def has_module_permission(self, request):
        return may(request.user, SEE_AUDIT_TRAIL)

    def has_view_permission(self, request, obj=None):
        return may(request.user, SEE_AUDIT_TRAIL)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission

    def history_view(self, request, object_id, extra_context=None):
        raise Http404  # entries have no history: they never change

    def get_urls(self):
        view = self.admin_site.admin_view(self.export)
        return [path("export/", view, name="liveblog_auditentry_export"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        query = request.GET.urlencode()
        address = reverse("admin:liveblog_auditentry_export") + (f"?{query}" if query else "")
        context = {"title": _("Audit trail"), "export_address": address}
        return super().changelist_view(request, context | (extra_context or {}))

    def export(self, request):
        """Download what the list shows, whole, as CSV; that is a deed of its own."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            entries = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:liveblog_auditentry_changelist"))
        own = record(Action.EXPORT_TRAIL, by=request.user, name=request.GET.urlencode())
        return StreamingHttpResponse(
            csv_lines(entries.filter(pk__lt=own.pk)),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="audit-trail.csv"',
                "Cache-Control": "private, no-store",
            },
        )

    @admin.display(description=_("when"))
    def moment(self, entry):
        return date_format(timezone.localtime(entry.at), "j M Y, H:i:s").replace(" ", "\u00a0")

    @admin.display(description=_("who"))
    def who(self, entry):
        who = entry.person or "–"
        return f"{who} ({entry.program})" if entry.program else who

    @admin.display(description=_("what"))
    def deed(self, entry):
        return entry.label

    @admin.display(description=_("on what"))
    def on_what(self, entry):
        kind = KINDS.get(entry.kind, entry.kind)
        if not entry.kind:
            return entry.name
        return format_html("{} {}", kind, _link(entry))

    @admin.display(description=_("details"))
    def what_changed(self, entry):
        describe = _describe_change if entry.action in CHANGES else _describe
        described = (describe(name, value) for name, value in entry.details.items())
        return "; ".join(filter(None, described))


def _link(entry):
    words = entry.name or entry.object_id
    page = f"admin:{PAGES.get(entry.kind, f'liveblog_{entry.kind}')}_change"
    try:
        return link(reverse(page, args=[entry.object_id]), words)
    except NoReverseMatch:
        return words


def _describe(name, value) -> str:
    return f"{name}: {_plain(value)}" if value not in (None, "", []) else ""


def _describe_change(name, values) -> str:
    before, after = values
    return f"{name}: {_plain(before)} → {_plain(after)}"


def _plain(value) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value)) or "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "–" if value in (None, "") else str(value)
