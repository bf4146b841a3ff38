"""One-click verbs beside the composer: undo, pin and unpin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.publishing import PublishingError

from .composer.latest import latest_of
from .composer.sending import wants_list
from .post_only import post_only
from .presence import answer_beat
from .stories import updates_address, write_address


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

    def _do(self, request, pk, message, verb, **more):
        """Call a verb from the list beside the composer."""
        update = self.find(request, pk)
        self.try_verb(request, message, verb, update, **more)
        if not wants_list(request):
            return HttpResponseRedirect(write_address(update.story))
        return self.latest_beside(request, update.story)

    def latest_beside(self, request, story):
        """Render the current list beside the composer, for a script."""
        context = {
            "latest": latest_of(request.user, story),
            "updates_address": updates_address(story),
            "messages": messages.get_messages(request),
        }
        return TemplateResponse(request, "admin/liveblog/_latest.html", context)

    def try_verb(self, request, message, verb, update, **more):
        try:
            verb(update, by=request.user, **more)
        except PublishingError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return False
        self.message_user(request, message, messages.SUCCESS)
        return True


VERBS = ("undo", "pin", "unpin")
