"""The update admin: its permissions and addresses."""

from django.contrib import admin
from django.urls import path

from liveblog import publishing
from liveblog.editing.previews import update_preview
from liveblog.models import Update
from liveblog.publishing import may

from .bulk_retract import BulkRetract
from .composer.page import Composer
from .deleted_meanwhile import UpdateDeletedMeanwhile, is_written_by
from .history import UpdateHistory
from .modeladmin import NewsroomAdmin
from .retraction import Retraction
from .update_list import UpdateList
from .update_verbs import UpdateVerbs


@admin.register(Update)
class UpdateAdmin(
    BulkRetract,
    UpdateList,
    Composer,
    UpdateVerbs,
    Retraction,
    UpdateHistory,
    UpdateDeletedMeanwhile,
    NewsroomAdmin,
):
    add_verb, change_verb, delete_verb = "save_draft", "save_draft", "delete_draft"

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        if request.method == "POST" and is_written_by(request.user, obj):
            return True  # publishing refuses what is too late, and says who did what
        if obj.status == Update.Status.RETRACTED:
            return False
        return may(request.user, "edit" if obj.is_published else "save_draft", obj)

    def has_delete_permission(self, request, obj=None):
        is_draft = obj is None or (obj.number is None and obj.status in Update.WAITING)
        return is_draft and super().has_delete_permission(request, obj)

    def delete_row(self, request, obj):
        publishing.delete_draft(obj, by=request.user)

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview)
        return [
            path("<uuid:pk>/preview/", preview, name="liveblog_update_preview"),
            *super().get_urls(),
        ]

    def preview(self, request, pk):
        """Show an update as readers would see it."""
        return update_preview(self.find(request, pk))
