"""The admin classes of all models: `publishing` decides who may do what, and writes."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst

from liveblog import publishing
from liveblog.editing.widgets import RichTextAdmin
from liveblog.publishing import Conflict, Invalid, PublishingError, may, what_happened

from .changelist import CarefulLists
from .deleted_meanwhile import DeletedMeanwhile
from .form_state import form_state
from .related_fields import PlainRelations
from .word_search import WordSearch


class NewsroomForm(forms.ModelForm):
    """A form that can be shown again with the errors that `publishing` raised."""

    refusal: PublishingError | None = None

    def clean(self):
        cleaned = super().clean()
        if isinstance(self.refusal, Invalid):
            for field, problems in self.refusal.errors.items():
                self.add_error(field if field in self.fields else None, problems)
        elif self.refusal:
            self.add_error(None, str(self.refusal))
        return cleaned


class NewsroomAdmin(
    WordSearch, CarefulLists, DeletedMeanwhile, PlainRelations, RichTextAdmin, admin.ModelAdmin
):
    """Permissions come from the policy; writes go through `write_row` and `delete_row` alone."""

    form = NewsroomForm
    list_per_page = 50
    show_full_result_count = False
    empty_value_display = ""
    change_form_template = "admin/liveblog/change_form.html"
    add_verb = change_verb = delete_verb = "edit_shared"

    # -- for each kind of thing

    def write_row(self, request, form, formsets, *, is_new):
        """Call the verb of a valid form, and return the row that it saved."""
        raise NotImplementedError

    def delete_row(self, request, obj):
        """Call the verb that deletes the row."""
        raise NotImplementedError

    # -- who may

    def has_module_permission(self, request):
        return may(request.user, "view")

    def has_view_permission(self, request, obj=None):
        return may(request.user, "view", obj)

    def has_add_permission(self, request):
        return may(request.user, self.add_verb)

    def has_change_permission(self, request, obj=None):
        return may(request.user, self.change_verb, obj)

    def has_delete_permission(self, request, obj=None):
        return may(request.user, self.delete_verb, obj)

    # -- the way to publishing

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except PublishingError as refusal:
            # Django has no way back from saving to showing: the form, now refused, is shown anew.
            form_state(request).refusal = refusal
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if form_state(request).refusal:
            form.refusal = form_state(request).refusal
        return form

    def render_change_form(self, request, context, **kwargs):
        refusal = form_state(request).refusal
        if isinstance(refusal, Conflict) and refusal.current:
            context["saved_meanwhile"] = refusal.current
            context["what_happened"] = what_happened(refusal.current)
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request, obj, form, change):
        """Do nothing: `save_related` writes the row and its inlines in one verb."""

    def save_related(self, request, form, formsets, change):
        saved = self.write_row(request, form, formsets, is_new=not change)
        form_state(request).saved = saved
        form.instance.pk = saved.pk

    def delete_model(self, request, obj):
        self.delete_row(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for obj in queryset:
                self.delete_row(request, obj)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(self.page_of(object_id))

    def changelist_view(self, request, extra_context=None):
        extra_context = {"title": capfirst(self.opts.verbose_name_plural)} | (extra_context or {})
        try:
            return super().changelist_view(request, extra_context)
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def get_deleted_objects(self, objs, request):
        """List what a deletion deletes; `publishing` enforces permissions."""
        forbidden = {
            self.opts.verbose_name for obj in objs if not self.has_delete_permission(request, obj)
        }
        return [str(obj) for obj in objs], {self.opts.verbose_name_plural: len(objs)}, forbidden, []

    # -- history is publishing's: Django's log would tell another story (see `history`)

    def history_view(self, request, object_id, extra_context=None):
        raise Http404

    def construct_change_message(self, request, form, formsets, add=False):
        return ""

    def log_addition(self, request, obj, message):
        """Kept as a version already."""

    def log_change(self, request, obj, message):
        """Kept as a version already."""

    def log_deletions(self, request, queryset):
        """Kept as a version already."""

    # -- addresses

    def page_of(self, pk):
        return reverse(f"admin:liveblog_{self.opts.model_name}_change", args=[pk])

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def find(self, request, pk):
        """Load a row that the user may see, for a view of its own."""
        obj = self.get_object(request, str(pk))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return obj


class SharedAdmin(NewsroomAdmin):
    """Admin of what several stories share: sources, topics, people, pictures."""

    def write_row(self, request, form, formsets, *, is_new):
        verb = publishing.create_shared if is_new else publishing.edit_shared
        return verb(form.instance, by=request.user)

    def delete_row(self, request, obj):
        publishing.delete_shared(obj, by=request.user)
