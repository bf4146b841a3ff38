"""Pictures: their words, and the small views by which the editor shows them."""

from pathlib import Path

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import FileResponse, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from liveblog.models import Picture
from liveblog.richtext import picture_source

from .newsroom import NewsroomForm, SharedAdmin

CHOICES = 24
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
HARMLESS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=300",
}


class PictureForm(NewsroomForm):
    class Meta:
        widgets = {"alt": forms.Textarea(attrs={"rows": 2})}

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("alt", "").strip() and not cleaned.get("is_decorative"):
            self.add_error("alt", _("Say what the picture shows, or mark it as decorative."))
        return cleaned


@admin.register(Picture)
class PictureAdmin(SharedAdmin):
    form = PictureForm
    list_display = ["thumbnail", "title", "credit", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_filter = ["is_decorative", "created_at"]
    list_select_related = ["credit"]
    search_fields = ["alt", "caption", "credit__name"]
    autocomplete_fields = ["credit"]
    readonly_fields = ["thumbnail"]
    fields = ["thumbnail", "alt", "is_decorative", "caption", "credit"]
    view_on_site = False

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("choices/", view(self.choices), name="liveblog_picture_choices"),
            path(
                "<uuid:pk>/image/", view(self.image, cacheable=True), name="liveblog_picture_image"
            ),
            *super().get_urls(),
        ]

    def choices(self, request):
        """Answer the editor's Picture button: the newest pictures that hold the words."""
        if not self.has_view_permission(request):
            return JsonResponse({"pictures": []}, status=403)
        found = Picture.objects.all()
        for word in request.GET.get("q", "")[:100].split():
            found = found.filter(
                Q(alt__icontains=word)
                | Q(caption__icontains=word)
                | Q(credit__name__icontains=word)
            )
        return JsonResponse({"pictures": [self._choice(each) for each in found[:CHOICES]]})

    def image(self, request, pk):
        """Serve a picture to the editor; a ruled frame with its words where the file is absent."""
        picture = self.find(request, pk)
        media_type = MEDIA_TYPES.get(Path(picture.file.name or "").suffix.lower())
        if media_type and picture.file.storage.exists(picture.file.name):
            stored = picture.file.open("rb")
            return FileResponse(stored, content_type=media_type, headers=HARMLESS)
        frame = render_to_string("admin/liveblog/picture_frame.svg", {"words": str(picture)[:60]})
        return HttpResponse(frame, content_type="image/svg+xml", headers=HARMLESS)

    def _choice(self, picture):
        return {
            "id": str(picture.pk),
            "title": str(picture),
            "image": picture_source(picture.pk),
        }

    @admin.display(description=_("picture"))
    def title(self, picture):
        return str(picture)

    @admin.display(description="")
    def thumbnail(self, picture):
        source = picture_source(picture.pk)
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', source)
