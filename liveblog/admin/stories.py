"""Stories: their list and their form."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import F
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog import publishing
from liveblog.editing.choosers import LanguageSelect, TimeZoneSelect
from liveblog.editing.states import short_in
from liveblog.editing.versions import story_differences
from liveblog.models import Story, StoryByline
from liveblog.publishing import Conflict, StoryContent, may
from liveblog.teams import change_team

from .composer.conflict import catch_up
from .deleted_drafts import DeletedDrafts
from .document_import import FromDocument
from .form_state import form_state
from .history import StoryHistory
from .home import desk_address
from .inlines import PartInline, rows_of
from .list_cells import link, tag
from .modeladmin import NewsroomAdmin, NewsroomForm
from .overview import overview_of, waiting_address
from .story_export import StoryExport
from .story_import import StoryImportPage
from .story_verbs import StoryVerbs, verbs_of


class StoryForm(NewsroomForm):
    made_from = forms.IntegerField(widget=forms.HiddenInput, required=False)
    slug = forms.SlugField(
        label=_("address"),
        max_length=60,
        required=False,
        help_text=_("Made from the headline where empty."),
    )

    class Meta:
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2}),
            "standfirst": forms.Textarea(attrs={"rows": 3}),
            "share_text": forms.Textarea(attrs={"rows": 2}),
            "editors_note": forms.Textarea(attrs={"rows": 3}),
            "language": LanguageSelect,
            "timezone": TimeZoneSelect,
        }
        help_texts = {"language": _("Of the text. The list says what the page speaks as well.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["made_from"] = self.instance.version
        if isinstance(self.refusal, Conflict) and self.refusal.current:
            catch_up(self, self.refusal.current)

    def clean_slug(self):
        """Keep the address that the page shown again is linked by."""
        self.wished_slug = self.cleaned_data["slug"]
        return self.wished_slug or self.instance.slug

    def clean_headline(self):
        return " ".join(self.cleaned_data["headline"].split())


class BylineInline(PartInline):
    model = StoryByline
    fields = ["person"]
    autocomplete_fields = ["person"]
    verbose_name_plural = _("bylines")


@admin.register(Story)
class StoryAdmin(
    StoryVerbs,
    StoryImportPage,
    StoryExport,
    FromDocument,
    DeletedDrafts,
    StoryHistory,
    NewsroomAdmin,
):
    add_verb, change_verb, delete_verb = "create_story", "edit_story", "delete_story"
    form = StoryForm
    change_form_template = "admin/liveblog/story_form.html"
    list_display = ["title", "write", "state", "last_updated", "updates", "on_site", "own_page"]
    list_display_links = None
    list_filter = ["status", "opened_at"]
    search_fields = ["headline", "kicker", "standfirst", "slug"]
    autocomplete_fields = ["lead_picture", "share_picture", "topics", "team"]
    inlines = [BylineInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("kicker", "headline", "standfirst", "introduction", "summary"),
                    *("lead_picture", "topics", "editors_note", "made_from"),
                ]
            },
        ),
        (
            _("Address, language and sharing"),
            {
                "classes": ["collapse"],
                "fields": [
                    *("slug", "language", "timezone", "times_assigned"),
                    *("search_title", "share_text", "share_picture"),
                ],
            },
        ),
        (_("Team"), {"classes": ["collapse"], "fields": ["team"]}),
    ]

    # -- the list

    def get_queryset(self, request):
        stories = super().get_queryset(request)
        return stories if may(request.user, "edit_story") else stories.open_to(request.user)

    def get_ordering(self, request):
        return [F("last_updated_at").desc(nulls_first=True), "-id"]

    @admin.display(description=_("status"), ordering="status")
    def state(self, story):
        return tag(story.status, story.get_status_display())

    @admin.display(description=_("last updated"), ordering="last_updated_at")
    def last_updated(self, story):
        return short_in(story, story.last_updated_at)

    @admin.display(description="")
    def write(self, story):
        if story.status == Story.Status.WITHDRAWN:
            return ""
        return link(desk_address(story), _("Write update"), css="button")

    @admin.display(description=_("headline"), ordering="headline")
    def title(self, story):
        """Link a story to its desk; withdrawn stories have none."""
        is_over = story.status == Story.Status.WITHDRAWN
        return link(self.page_of(story.pk) if is_over else desk_address(story), story.headline)

    @admin.display(description="")
    def own_page(self, story):
        return link(self.page_of(story.pk), _("Settings"))

    @admin.display(description="")
    def updates(self, story):
        return link(updates_address(story), _("Updates"))

    @admin.display(description="")
    def on_site(self, story):
        return link(story.get_absolute_url(), _("View")) if story.is_public else ""

    def view_on_site(self, story):
        return story.get_absolute_url() if story.is_public else None

    # -- the form

    def get_fieldsets(self, request, obj=None):
        """Show the team to chief editors, once the story is saved."""
        keeps_team = obj is None or not may(request.user, "set_team", obj)
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets[:-1] if keeps_team else fieldsets

    def render_change_form(self, request, context, obj=None, **kwargs):
        refusal = form_state(request).refusal
        if isinstance(refusal, Conflict) and refusal.current:
            context["differences"] = story_differences(refusal.current, refusal.attempted)
        context["autosave_where"] = str(obj) if obj else gettext("new story")
        if obj:
            context |= {
                "title": obj.headline,
                "editing_address": reverse("admin:liveblog_story_editing", args=[obj.pk]),
                "subtitle": None,
                "write_address": desk_address(obj),
                "updates_address": updates_address(obj),
                "state": tag(obj.status, obj.get_status_display()),
                "verbs": verbs_of(request.user, obj),
                "overview": overview_of(obj),
                "zone": context["adminform"].form.initial.get("timezone", obj.timezone),
                "submitted_address": waiting_address(obj, "submitted"),
                "drafts_address": waiting_address(obj, "draft"),
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def write_row(self, request, form, formsets, *, is_new):
        content = _content_of(form, formsets)
        if is_new:
            return publishing.create_story(content, by=request.user)
        made_from = form.cleaned_data["made_from"]
        story = publishing.edit_story(form.instance, content, by=request.user, version=made_from)
        if "team" in form.changed_data:
            change_team(story, form.cleaned_data["team"], by=request.user)
        return story

    def delete_row(self, request, obj):
        publishing.delete_story(obj, by=request.user)

    def has_delete_permission(self, request, obj=None):
        never_opened = obj is None or obj.opened_at is None
        return never_opened and super().has_delete_permission(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, gettext("The story is kept as a draft."), messages.SUCCESS)
        return HttpResponseRedirect(desk_address(obj))

    def response_change(self, request, obj):
        self.message_user(request, gettext("The story is saved."), messages.SUCCESS)
        return HttpResponseRedirect(self.page_of(obj.pk))


def write_address(story: Story) -> str:
    """Return the address of the composer without scripts, which the desk needs."""
    return f"{reverse('admin:liveblog_update_add')}?story={story.pk}"


def updates_address(story: Story) -> str:
    return f"{reverse('admin:liveblog_update_changelist')}?story__id__exact={story.pk}"


def _content_of(form, formsets):
    written = form.cleaned_data
    columns = {name: written[name] for name in StoryContent.row_fields()}
    bylines = [row["person"] for formset in formsets for row in rows_of(formset)]
    return StoryContent(
        **columns,
        slug=form.wished_slug,
        bylines=tuple(bylines),
        topics=frozenset(written["topics"]),
    )
