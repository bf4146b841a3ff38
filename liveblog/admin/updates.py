"""Updates: their list, and the form in which one is written."""

from django.contrib import admin, messages
from django.forms import HiddenInput
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog import publishing
from liveblog.models import Story, Update
from liveblog.publishing import may
from liveblog.richtext import to_plain_text
from liveblog.templatetags.newsroom import title_of

from .composer import buttons
from .composer.conflict import catch_up, is_behind, meeting_of
from .composer.content import content_of
from .composer.forms import PublishedForm, UpdateForm
from .composer.inlines import BylineInline, PictureInline, SourceInline
from .composer.latest import clock, latest_of, state_of
from .composer.second_look import warnings_of
from .composer.sending import lead_to
from .history import UpdateHistory
from .newsroom import NewsroomAdmin, link, short, tag
from .previews import update_preview
from .stories import updates_address, write_address
from .story_verbs import LATEST_FIRST, is_uuid
from .takedown import Takedown, ways_out
from .update_verbs import UpdateVerbs

FOLDED_WITHOUT_PIN = _("Key event, verification, time")
LINKED_FROM = {
    *("story__id__exact", "attributions__source__id__exact", "bylines__person__id__exact"),
    "pictures__picture__id__exact",
}


@admin.register(Update)
class UpdateAdmin(UpdateVerbs, Takedown, UpdateHistory, NewsroomAdmin):
    add_verb, change_verb, delete_verb = "save_draft", "save_draft", "delete_draft"
    change_form_template = "admin/liveblog/update_form.html"
    list_display = ["title", "state", "when", "story_link", "marks", "created_by", "on_site"]
    list_filter = ["status", "published_at", "verification", "is_key_event", "is_pinned"]
    search_fields = ["headline", "body", "story__headline"]
    autocomplete_fields = ["story"]
    inlines = [SourceInline, BylineInline, PictureInline]

    # -- who may

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        if obj.status == Update.Status.RETRACTED:
            return False
        return may(request.user, "edit" if obj.is_published else "save_draft", obj)

    def has_delete_permission(self, request, obj=None):
        is_draft = obj is None or (obj.number is None and obj.status in Update.WAITING)
        return is_draft and super().has_delete_permission(request, obj)

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview)
        return [
            path("<uuid:pk>/preview/", preview, name="liveblog_update_preview"),
            *super().get_urls(),
        ]

    def preview(self, request, pk):
        """Show an update as readers would see it."""
        return update_preview(self.find(request, pk))

    # -- the list

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
        """Name the column of takedowns to those who may."""

        @admin.display(description="")
        def take_down(update):
            return format_html_join(" ", '<a href="{}">{}</a>', ways_out(request.user, update))

        columns = super().get_list_display(request)
        return [*columns[:3], take_down, *columns[3:]] if may(request.user, "retract") else columns

    @admin.display(description=_("update"), ordering="headline")
    def title(self, update):
        return title_of(update)

    @admin.display(description=_("status"), ordering="status")
    def state(self, update):
        return tag(update.status, state_of(update))

    @admin.display(description=_("time"), ordering="published_at")
    def when(self, update):
        return short(update.scheduled_for or update.published_at)

    @admin.display(description=_("story"))
    def story_link(self, update):
        return link(updates_address(update.story), Truncator(update.story.headline).chars(60))

    @admin.display(description=_("marks"))
    def marks(self, update):
        return ", ".join(marks_of(update))

    @admin.display(description="")
    def on_site(self, update):
        address = self.view_on_site(update)
        return link(address, _("View")) if address else ""

    def view_on_site(self, update):
        shown = update.is_published and update.story.is_public
        return update.get_absolute_url() if shown else None

    # -- the form

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = PublishedForm if obj and obj.is_published else UpdateForm
        form = super().get_form(request, obj, change=change, **kwargs)
        form.asked_kind = request.GET.get("kind", "")
        if obj is None and self._story_asked_for(request):
            form.base_fields["story"].widget = HiddenInput()
        return form

    def get_fieldsets(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):
            fields = ["headline", "text", "verification", "is_key_event", "published_at"]
            return [(None, {"fields": fields})]
        written = [*([] if obj else ["story"]), "headline", "body", "client_id", "made_from"]
        is_on_air = obj is not None and obj.is_published
        kind = [(None, {"fields": ["kind_of_edit", "note"]})] if is_on_air else []
        pin = [] if is_on_air or not may(request.user, "pin", obj) else ["pin"]
        folded = {
            "classes": ["collapse"],
            "fields": ["is_key_event", *pin, "verification", "published_at"],
        }
        return [
            (None, {"fields": written}),
            *kind,
            (_("Key event, pin, verification, time") if pin else FOLDED_WITHOUT_PIN, folded),
        ]

    @admin.display(description=_("text"))
    def text(self, update):
        return to_plain_text(update.body)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Fill in the byline of whoever writes, in the form that is shown first."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        person = getattr(request.user, "person", None) if request.method == "GET" else None
        if obj._state.adding and isinstance(inline, BylineInline) and person:
            kwargs["initial"] = [{"person": person.pk}]
        return kwargs

    def render_change_form(self, request, context, obj=None, **kwargs):
        story = obj.story if obj else self._story_asked_for(request)
        form = context["adminform"].form
        context |= {
            "buttons": buttons.for_update(request.user, obj, story),
            "story": story,
            "subtitle": None,
            "person": request.user.pk,
            "editing_address": _address("editing", form.initial["client_id"]),
            "preview_address": obj and _address("preview", obj.pk),
            "title": title_of(obj) if obj else gettext("Write update"),
        }
        refusal = getattr(request, "refusal", None)
        current = refusal.current if isinstance(refusal, publishing.Conflict) else None
        if obj and not current and is_behind(form, obj):
            current = Update.objects.get(pk=obj.pk)  # the form has filled in `obj`
            catch_up(form, current)
        if current:
            context["meeting"] = meeting_of(current, form, getattr(request, "content", None))
            context["again"] = buttons.pressed_among(request.POST, context["buttons"])
        if obj:
            context["state"] = tag(obj.status, state_of(obj))
            context["ways_out"] = ways_out(request.user, obj)
            if self.has_change_permission(request, obj):
                context["second_look"] = warnings_of(obj)
        if story:
            context["latest"] = latest_of(request.user, story)
            context["updates_address"] = updates_address(story)
            context["zone"] = story.timezone
            context["published"] = self._just_published(request, story)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def get_changeform_initial_data(self, request):
        story = self._story_asked_for(request)
        return {"story": story.pk} if story else {}

    def _story_asked_for(self, request):
        """The story in the address, read once."""
        if not hasattr(request, "story"):
            pk = request.GET.get("story", "")
            asked = self.get_stories(request).filter(pk=pk if pk.isdecimal() else None)
            request.story = asked.first()
        return request.story

    def get_stories(self, request):
        return self.admin_site.get_model_admin(Story).get_queryset(request)

    # -- the way to publishing

    def write_row(self, request, form, formsets, *, is_new):
        request.content = content_of(form, formsets)
        return buttons.press(request.POST, form.update(), request.content, form, by=request.user)

    def delete_row(self, request, obj):
        publishing.delete_draft(obj, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        return self._answer(request)

    def response_change(self, request, obj):
        return self._answer(request)

    def _answer(self, request):
        """After publishing an empty form, so that the next update can be written at once."""
        update = request.saved
        if "_publish" in request.POST:
            self._warn(request, update)
            return lead_to(request, f"{write_address(update.story)}&published={update.pk}")
        self.message_user(request, buttons.told(request.POST, update), messages.SUCCESS)
        return lead_to(request, self.page_of(update.pk))

    def _just_published(self, request, story):
        """Load the update that the address says was just published; None after its undoing."""
        pk = request.GET.get("published", "")
        found = story.updates.public().filter(pk=pk).first() if is_uuid(pk) else None
        return found and {
            "update": found,
            "time": clock(found.published_at, story),
            "undo_for": int(publishing.UNDO_WITHIN.total_seconds()),
        }

    def _warn(self, request, update):
        """Say what may want mending of what went out; the page that follows is another's."""
        for told in warnings_of(update, request.content):
            self.message_user(request, told, messages.WARNING)


def _address(name, pk):
    return reverse(f"admin:liveblog_update_{name}", args=[pk])


def marks_of(update: Update) -> list[str]:
    marks = []
    if update.is_pinned:
        marks.append(gettext("pinned"))
    if update.is_key_event:
        marks.append(gettext("key event"))
    if update.verification != Update.Verification.NONE:
        marks.append(update.get_verification_display())
    return marks
