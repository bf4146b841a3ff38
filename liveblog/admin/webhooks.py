"""Webhooks: endpoints that are notified of changes, their attempts and their secrets."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from liveblog import publishing
from liveblog.integrations.addresses import AddressRefused, check_url
from liveblog.models import Webhook

from .form_state import form_state
from .integration_pages import IntegrationAdmin
from .list_cells import tag
from .modeladmin import NewsroomForm

ATTEMPTS_SHOWN = 50


class WebhookForm(NewsroomForm):
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("https://…"),
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "story"]

    def clean_url(self):
        try:
            check_url(self.cleaned_data["url"])
        except AddressRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return self.cleaned_data["url"]


@admin.register(Webhook)
class WebhookAdmin(IntegrationAdmin):
    verb = "manage_webhooks"
    buttons = {"rotate": "rotate", "pause": "pause", "resume": "resume", "again": "send_again"}
    form = WebhookForm
    change_form_template = "admin/liveblog/webhook.html"
    list_display = ["name", "url", "story", "owner", "state"]
    list_select_related = ["story", "owner"]
    search_fields = ["name", "url"]
    fields = ["name", "url", "story"]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["attempts"] = obj.attempts.select_related("story")[:ATTEMPTS_SHOWN]
            context["waiting"] = obj.messages.count()
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def write_row(self, request, form, formsets, *, is_new):
        return publishing.save_webhook(form.instance, by=request.user)

    def delete_row(self, request, obj):
        publishing.delete_webhook(obj, by=request.user)

    def show_new(self, request, obj):
        saved = form_state(request).saved
        return self._show(request, saved, saved.secret)

    def _show(self, request, webhook, secret):
        return self.show_secret(
            request,
            webhook,
            title=_("The secret of “%(name)s”") % {"name": webhook},
            secret=secret,
            instructions=_(
                "Copy it now: it is shown this once. The receiver checks signatures with it."
            ),
        )

    def rotate(self, request, webhook):
        """Show a new secret; the former one also signs for a day, so no message is lost."""
        return self._show(request, webhook, publishing.rotate_secret(webhook, by=request.user))

    def pause(self, request, webhook):
        publishing.pause_webhook(webhook, by=request.user)
        return self.back(request, webhook, _("Paused: what happens meanwhile waits."))

    def resume(self, request, webhook):
        publishing.resume_webhook(webhook, by=request.user)
        return self.back(request, webhook, _("Resumed: what waits is sent now."))

    def send_again(self, request, webhook):
        key = request.POST.get("attempt", "")
        pk = int(key) if key.isdecimal() and len(key) < 19 else 0
        publishing.send_again(get_object_or_404(webhook.attempts, pk=pk), by=request.user)
        return self.back(request, webhook, _("It is sent again, with what the story is now."))

    @admin.display(description=_("state"))
    def state(self, webhook):
        if webhook.paused_at:
            return tag("retracted", _("paused"))
        return tag("draft", _("failing")) if webhook.failures else tag("live", _("in use"))
