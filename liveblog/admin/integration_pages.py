"""The pages of API tokens and webhooks: for chief editors, with secrets shown once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from liveblog.publishing import PublishingError, may

from .modeladmin import NewsroomAdmin
from .post_only import post_only


class IntegrationAdmin(NewsroomAdmin):
    """Subclasses set `verb`, the permission they need, and `buttons`: address → method."""

    verb = ""
    buttons: dict[str, str] = {}

    def has_module_permission(self, request):
        return may(request.user, self.verb)

    def has_view_permission(self, request, obj=None):
        return may(request.user, self.verb)

    has_add_permission = has_module_permission

    def has_change_permission(self, request, obj=None):
        return may(request.user, self.verb)

    has_delete_permission = has_change_permission

    def get_autocomplete_fields(self, request):
        return ()

    def view_on_site(self, obj):
        return None

    def get_urls(self):
        named = f"liveblog_{self.opts.model_name}"
        return [
            *(
                path(f"<int:pk>/{address}/", self._button(method), name=f"{named}_{method}")
                for address, method in self.buttons.items()
            ),
            *super().get_urls(),
        ]

    def _button(self, method):
        def press(request, pk):
            obj = self.find(request, pk)
            if not may(request.user, self.verb):
                raise PermissionDenied
            try:
                return getattr(self, method)(request, obj)
            except PublishingError as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
                return HttpResponseRedirect(self.page_of(pk))

        return self.admin_site.admin_view(never_cache(post_only(press)))

    def back(self, request, obj, message):
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(self.page_of(obj.pk))

    def show_secret(self, request, obj, *, title, secret, instructions):
        """Render a secret, which no other response ever shows."""
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "secret": secret,
            "instructions": instructions,
            "words": str(obj),
            "list_address": reverse(f"admin:liveblog_{self.opts.model_name}_changelist"),
            "row_address": self.page_of(obj.pk),
        }
        response = TemplateResponse(request, "admin/liveblog/secret.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def response_post_save_add(self, request, obj):
        return self.show_new(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        return self.show_new(request, obj)

    def show_new(self, request, obj):
        raise NotImplementedError
