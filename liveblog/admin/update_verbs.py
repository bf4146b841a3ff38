"""One-click verbs of an update's page: undo, pin and unpin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.models import Update
from liveblog.publishing import PublishingError, may

from .post_only import post_only
from .presence import answer_beat
from .stories import write_address


class UpdateVerbs:
    """The update admin's views for verbs; `publishing` checks permissions."""

    def get_urls(self):
        views = {name: getattr(self, f"{name}_update") for name in VERBS}
        return [
            *(
                path(
                    f"<uuid:pk>/{name}/",
                    self.admin_site.admin_view(post_only(view)),
                    name=f"liveblog_update_{name}",
                )
                for name, view in views.items()
            ),
            path(
                "<uuid:pk>/editing/",
                self.admin_site.admin_view(self.editing),
                name="liveblog_update_editing",
            ),
            *super().get_urls(),
        ]

    def editing(self, request, pk):
        """Record a heartbeat, and return who else has this update open.

        A script also learns by it whether its user is still signed in.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        update = self.get_object(request, str(pk))
        may_edit = update is not None and self.has_change_permission(request, update)
        return answer_beat(request, pk, update.story_id) if may_edit else answer_beat(request, None)

    def undo_update(self, request, pk):
        """Undo a publication, and open its text again as a draft."""
        update = self.find(request, pk)
        message = _("Taken back: readers don't see it any more. The text is a draft.")
        if self.try_verb(request, message, publishing.undo, update):
            return HttpResponseRedirect(self.page_of(pk))
        return HttpResponseRedirect(write_address(update.story))

    def pin_update(self, request, pk):
        return self._do(request, pk, _("Pinned."), publishing.pin)

    def unpin_update(self, request, pk):
        return self._do(request, pk, _("No longer pinned."), publishing.unpin)

    def _do(self, request, pk, message, verb):
        self.try_verb(request, message, verb, self.find(request, pk))
        return HttpResponseRedirect(self.page_of(pk))

    def try_verb(self, request, message, verb, update, **more):
        try:
            verb(update, by=request.user, **more)
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return False
        self.message_user(request, message, messages.SUCCESS)
        return True


def pin_button(user, update: Update) -> tuple[str, str] | None:
    """Return where a published update is pinned or unpinned, and the button's label."""
    name, label = ("unpin", _("Unpin")) if update.is_pinned else ("pin", _("Pin"))
    if not (update.is_published and may(user, name, update)):
        return None
    return reverse(f"admin:liveblog_update_{name}", args=[update.pk]), label


VERBS = ("undo", "pin", "unpin")
