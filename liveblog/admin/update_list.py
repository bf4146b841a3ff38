"""The admin's list of updates: filters, order and columns."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog.accounts import name_of
from liveblog.editing.states import marks_of, short_in, state_of
from liveblog.models import Story
from liveblog.publishing import may
from liveblog.templatetags.newsroom import working_title

from .home import edit_address
from .list_cells import link, tag
from .retraction import retraction_links
from .stories import updates_address
from .story_verbs import LATEST_FIRST

LINKED_FROM = {
    *("story__id__exact", "attributions__source__id__exact", "bylines__person__id__exact"),
    *("pictures__picture__id__exact", "created_by__id__exact"),
}


class SentBack(admin.SimpleListFilter):
    """Filter: drafts that editors sent back to their writers."""

    title = _("sent back")
    parameter_name = "sent_back"

    def lookups(self, request, model_admin):
        return [("me", _("To me")), ("all", _("To anybody"))]

    def queryset(self, request, queryset):
        if self.value() not in ("me", "all"):
            return queryset
        back = queryset.sent_back()
        return back.filter(created_by=request.user) if self.value() == "me" else back


class UpdateList:
    """The update admin's list."""

    list_display = ["title", "state", "when", "story_link", "marks", "author", "on_site"]
    list_display_links = None
    list_filter = ["status", SentBack, "published_at", "verification", "is_key_event", "is_pinned"]
    search_fields = ["headline", "body", "story__headline"]

    def get_queryset(self, request):
        updates = super().get_queryset(request).select_related("story", "created_by")
        if may(request.user, "edit"):
            return updates
        return updates.filter(story__in=Story.objects.open_to(request.user))

    def get_ordering(self, request):
        return LATEST_FIRST

    def lookup_allowed(self, lookup, value, request):
        return lookup in LINKED_FROM or super().lookup_allowed(lookup, value, request)

    def get_list_display(self, request):
        """Show the takedown column to users who may retract."""

        @admin.display(description="")
        def take_down(update):
            return format_html_join(
                " ", '<a href="{}">{}</a>', retraction_links(request.user, update)
            )

        columns = super().get_list_display(request)
        return [*columns[:3], take_down, *columns[3:]] if may(request.user, "retract") else columns

    @admin.display(description=_("update"), ordering="headline")
    def title(self, update):
        """Link an update to its story's desk; those of withdrawn stories have their own page."""
        is_over = update.story.status == Story.Status.WITHDRAWN
        address = self.page_of(update.pk) if is_over else edit_address(update)
        return link(address, working_title(update))

    @admin.display(description=_("status"), ordering="status")
    def state(self, update):
        return tag(update.status, state_of(update))

    @admin.display(description=_("time"), ordering="published_at")
    def when(self, update):
        return short_in(update.story, update.scheduled_for or update.published_at)

    @admin.display(description=_("story"))
    def story_link(self, update):
        return link(updates_address(update.story), Truncator(update.story.headline).chars(60))

    @admin.display(description=_("marks"))
    def marks(self, update):
        marks = marks_of(update)
        if update.sent_back_at:
            marks.append(gettext("sent back: %(note)s") % {"note": update.sent_back_note})
        return ", ".join(marks)

    @admin.display(description=_("author"), ordering="created_by")
    def author(self, update):
        return name_of(update.created_by)

    @admin.display(description="")
    def on_site(self, update):
        address = self.view_on_site(update)
        return link(address, _("View")) if address else ""

    def view_on_site(self, update):
        shown = update.is_published and update.story.is_public
        return update.get_absolute_url() if shown else None
