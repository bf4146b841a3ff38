"""The composer's page: its form, and where it redirects."""

from functools import partial

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.forms import HiddenInput
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog import publishing
from liveblog.admin.list_cells import tag
from liveblog.editing.clock_fields import next_quarter
from liveblog.editing.states import clock, state_of
from liveblog.editing.warnings import warnings_of
from liveblog.models import Story, Update
from liveblog.publishing import may
from liveblog.richtext import to_plain_text
from liveblog.templatetags.newsroom import working_title

from ..form_classes import PLAIN, shared_class
from ..form_state import form_state
from ..home import desk_address, edit_address
from ..retraction import retraction_links
from ..stories import updates_address, write_address
from ..story_verbs import is_uuid
from ..update_verbs import pin_button
from . import buttons
from .conflict import catch_up, conflict_of, is_behind
from .content import content_of
from .forms import PublishedForm, StoryField, UpdateForm
from .inlines import BylineInline, PictureInline, SourceInline

FOLDED_WITHOUT_PIN = _("Key event, verification, time")


class Composer:
    """The update admin's form; `publishing` checks permissions and writes."""

    change_form_template = "admin/liveblog/update_form.html"
    autocomplete_fields = ["story"]
    inlines = [SourceInline, BylineInline, PictureInline]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Return what makes a form; all that depends on the request is given to the form itself."""
        kwargs["form"] = PublishedForm if obj and obj.is_published else UpdateForm
        may_write = not change or self.has_change_permission(request, obj)
        fields = kwargs.setdefault("fields", flatten_fieldsets(self.get_fieldsets(request, obj)))
        key = (kwargs["form"], *fields, change, may_write)
        build = partial(super().get_form, request, obj, change=change, **kwargs)
        form = shared_class(request, key, build)
        return partial(form, refusal=form_state(request).refusal)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "story":
            kwargs["form_class"] = StoryField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):
            fields = ["headline", "text", "verification", "is_key_event", "published_at"]
            return [(None, {"fields": fields})]
        written = [*([] if obj else ["story"]), "headline", "body", "client_id", "made_from"]
        is_on_air = obj is not None and obj.is_published
        kind = [(None, {"fields": ["kind_of_edit", "note"]})] if is_on_air else []
        may_pin = may(request.user, "pin", obj) and not settings.PUBLISH_DELAY
        pin = ["pin"] if may_pin and not is_on_air else []
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
        """Fill in the user's own byline in a new form."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        person = getattr(request.user, "person", None) if request.method == "GET" else None
        if obj._state.adding and isinstance(inline, BylineInline) and person:
            kwargs["initial"] = [{"person": person.pk}]
        return kwargs

    def render_change_form(self, request, context, obj=None, **kwargs):
        story = obj.story if obj else self._story_asked_for(request)
        form = context["adminform"].form
        if obj is None and story:
            form.fields["story"].widget = HiddenInput()
        context |= {
            "buttons": buttons.for_update(request.user, obj, story),
            "story": story,
            "subtitle": None,
            "editing_address": obj and _address("editing", obj.pk),
            "autosave_place": f"update:{obj.pk}" if obj else f"new update:{story and story.pk}",
            "autosave_where": _where(obj, story),
            "desk_address": edit_address(obj) if obj else story and desk_address(story),
            "preview_address": obj and _address("preview", obj.pk),
            "title": working_title(obj) if obj else gettext("Write update"),
        }
        context |= self._conflict(request, form, obj, context["buttons"])
        context |= self._state(request, obj) if obj else {}
        context |= self._around(request, story) if story else {}
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def _conflict(self, request, form, obj, offered):
        """Return the context of a conflict: both texts, and the button that overwrites."""
        refusal = form_state(request).refusal
        current = refusal.current if isinstance(refusal, publishing.Conflict) else None
        if obj and not current and is_behind(form, obj):
            current = Update.objects.get(pk=obj.pk)  # the form has filled in `obj`
            catch_up(form, current)
        if not current:
            return {}
        return {
            "conflict": conflict_of(current, form, form_state(request).content),
            "again": buttons.pressed_among(request.POST, offered),
        }

    def _state(self, request, update):
        ways = retraction_links(request.user, update)
        state = {
            "state": tag(update.status, state_of(update)),
            "retraction_links": ways,
            "pin": pin_button(request.user, update),
        }
        if update.sent_back_at:
            state["sent_back"] = publishing.sent_back_by(update)
        if self.has_change_permission(request, update):
            state["warnings"] = warnings_of(update)
        return state

    def _around(self, request, story):
        """Return the context of the form's story, and of what was published there just now."""
        return {
            "updates_address": updates_address(story),
            "zone": story.timezone,
            "published": self._just_published(request, story),
        }

    def get_changeform_initial_data(self, request):
        story = self._story_asked_for(request)
        return {"story": story.pk, "schedule_at": next_quarter(story.zone)} if story else {}

    def _story_asked_for(self, request):
        """The story in the address, read once."""
        state = form_state(request)
        if state.asked_for is None:
            pk = request.GET.get("story", "")
            stories = self.get_stories(request).filter(pk=pk if pk.isdecimal() else None)
            state.asked_for = list(stories[:1])
        return state.asked_for[0] if state.asked_for else None

    def get_stories(self, request):
        return self.admin_site.get_model_admin(Story).get_queryset(request)

    # -- the way to publishing

    def write_row(self, request, form, formsets, *, is_new):
        content = content_of(form, formsets)
        form_state(request).content = content
        return buttons.press(request.POST, form.update(), content, form, by=request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Look for warnings after the commit, when the story's lock is free again."""
        response = super().changeform_view(request, object_id, form_url, extra_context)
        saved = form_state(request).saved
        if "_publish" in request.POST and response.status_code == 302 and saved:
            self._warn(request, saved)
        return response

    def response_add(self, request, obj, post_url_continue=None):
        return self._answer(request)

    def response_change(self, request, obj):
        return self._answer(request)

    def _answer(self, request):
        """Redirect to an empty form after publishing, so that the next update can be written."""
        update = form_state(request).saved
        plain = f"{PLAIN}=1" if PLAIN in request.GET else ""
        if "_publish" in request.POST and not buttons.is_held(request.POST):
            way = f"{write_address(update.story)}&published={update.pk}&{plain}"
            return HttpResponseRedirect(way.rstrip("&"))
        self.message_user(request, buttons.outcome_message(request.POST, update), messages.SUCCESS)
        return HttpResponseRedirect(f"{self.page_of(update.pk)}?{plain}".rstrip("?"))

    def _just_published(self, request, story):
        """Load the update that the query string names as just published; None once undone."""
        pk = request.GET.get("published", "")
        found = story.updates.public().filter(pk=pk).first() if is_uuid(pk) else None
        return found and {
            "update": found,
            "time": clock(found.published_at, story),
        }

    def _warn(self, request, update):
        """Show warnings as messages: the next page is another update's and can't show them."""
        for warning in warnings_of(update, form_state(request).content):
            self.message_user(request, warning, messages.WARNING)


def _where(update, story):
    """Label an autosaved text, for whoever finds it again in their browser."""
    if update:
        return gettext("update in “%(story)s”") % {"story": update.story}
    return (
        gettext("new update in “%(story)s”") % {"story": story} if story else gettext("new update")
    )


def _address(name, pk):
    return reverse(f"admin:liveblog_update_{name}", args=[pk])
