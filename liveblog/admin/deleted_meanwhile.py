"""Keep the text of a form whose row was deleted meanwhile, in a form for a new row."""

import re
import uuid

from django.urls import reverse
from django.utils.translation import gettext as _

from liveblog.models import Update, Version
from liveblog.publishing import Conflict, Verb, describe, may

from .form_state import form_state

ROW_ID = re.compile(r"-\d+-id$")


class DeletedMeanwhile:
    """Show a form for a deleted row again: nobody's text is lost by another's deletion."""

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Show the form again for a new row; Django would discard the text."""
        if request.method != "POST" or not self.has_add_permission(request):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        request.POST = as_new(request.POST)
        message = self.words_for_deleted(request, object_id)
        form_state(request).refusal = Conflict(message, current=None, attempted=None)
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
        return self._changeform_view(request, None, address, None)

    def words_for_deleted(self, request, object_id) -> str:
        """Say what happened to the row, as far as the user may know."""
        return _("It was deleted meanwhile. Your text is kept: save it as a new one.")


class UpdateDeletedMeanwhile(DeletedMeanwhile):
    """The same for updates, whose history says who deleted them."""

    def words_for_deleted(self, request, object_id):
        deleted = _deletion_of(object_id)
        if deleted is None or not may(request.user, "view", deleted.story):
            return super().words_for_deleted(request, object_id)
        copy = uuid.uuid5(deleted.update_id_was, "copy")
        request.POST["story"] = str(deleted.story_id)
        request.POST["client_id"] = str(copy)
        request.POST["made_from"] = "0"
        values = {"what_happened": describe(deleted, deleted.story)}
        return _("%(what_happened)s Your text is kept: save it as a new draft.") % values


def as_new(written):
    """Copy submitted data without the ids of inline rows, which were deleted too."""
    data = written.copy()
    for name in list(data):
        if name.endswith("-INITIAL_FORMS"):
            data[name] = "0"
        elif ROW_ID.search(name):
            del data[name]
    return data


def _deletion_of(pk) -> Version | None:
    try:
        gone = Version.objects.filter(update_id_was=uuid.UUID(str(pk)), verb=Verb.DELETE_DRAFT)
    except ValueError:
        return None
    return gone.select_related("by", "story").first()


def is_written_by(user, update: Update) -> bool:
    """Return whether the user may have had the form open before the update changed state."""
    is_own = update.created_by_id == user.pk and may(user, "view", update)
    return is_own or may(user, "edit", update)
