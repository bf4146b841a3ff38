"""Pictures: their admin, and the views that the rich text editor uses."""

from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from liveblog.editing.states import short
from liveblog.interchange.picture_sizes import READ, PictureError, read_picture
from liveblog.models import Picture
from liveblog.publishing import PublishingError, Unstored, add_picture, pictures_of, propose_source
from liveblog.queries.search import Query, matching
from liveblog.richtext import picture_source
from liveblog.templatetags.newsroom import say

from .modeladmin import NewsroomForm, SharedAdmin
from .post_only import post_only

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


class NewPictureForm(PictureForm):
    """A new picture and its file; `drawn` holds the renditions made from the file."""

    upload = forms.FileField(
        label=_("File"),
        help_text=format_lazy(
            _("JPEG, PNG, WebP, AVIF or GIF; at most {most} MB."), most=settings.PICTURE_MAX_MB
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ",".join(f"image/{kind.lower()}" for kind in READ)}
        ),
    )

    def clean_upload(self):
        file = self.cleaned_data["upload"]
        file.seek(0)  # the form is read again where `publishing` refused it
        try:
            self.drawn = read_picture(file.read(), most_bytes=settings.PICTURE_MAX_MB * 2**20)
        except PictureError as error:
            raise forms.ValidationError(say(error.args[0])) from error
        return file


@admin.register(Picture)
class PictureAdmin(SharedAdmin):
    form = PictureForm
    add_form = NewPictureForm
    add_verb = "add_picture"
    list_display = ["thumbnail", "title", "credit", "added"]
    list_display_links = ["thumbnail", "title"]
    list_filter = ["is_decorative", "created_at"]
    list_select_related = ["credit"]
    search_fields = ["alt", "caption", "credit__name"]
    autocomplete_fields = ["credit"]
    readonly_fields = ["thumbnail"]
    fields = ["thumbnail", "alt", "is_decorative", "caption", "credit"]
    add_fields = ["upload", "alt", "is_decorative", "caption", "credit"]
    view_on_site = False

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("choices/", view(self.choices), name="liveblog_picture_choices"),
            path("upload/", view(post_only(self.upload)), name="liveblog_picture_upload"),
            path(
                "<uuid:pk>/image/", view(self.image, cacheable=True), name="liveblog_picture_image"
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request) & pictures_of(request.user)

    def get_fields(self, request, obj=None):
        return self.fields if obj else self.add_fields

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        if not obj:
            kwargs["form"] = self.add_form
        return super().get_form(request, obj, change=change, **kwargs)

    def write_row(self, request, form, formsets, *, is_new):
        """Store a new picture with its file; later edits change its texts alone."""
        if not is_new:
            return super().write_row(request, form, formsets, is_new=is_new)
        words = {name: form.cleaned_data[name] for name in self.add_fields if name != "upload"}
        return add_picture(form.drawn, by=request.user, **words)

    def upload(self, request):
        """Store a picture from the editor's Picture dialog, which sends the add page's fields.

        There a credit is a name as it is typed; a new one becomes a source.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.get_form(request)(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        try:
            if name := request.POST.get("credit_name", "").strip():
                form.cleaned_data["credit"] = propose_source(name, by=request.user)
            picture = self.write_row(request, form, [], is_new=True)
        except PublishingError as refusal:
            status = 507 if isinstance(refusal, Unstored) else 400  # RFC 4918, 11.5
            return JsonResponse({"errors": {"upload": [str(refusal)]}}, status=status)
        return JsonResponse(self._choice(picture), status=201)

    def choices(self, request):
        """Return the newest pictures that match the words, for the editor's Picture button."""
        if not self.has_view_permission(request):
            return JsonResponse({"pictures": []}, status=403)
        query = Query.parse(request.GET.get("q", ""), shortest_start=1)
        found = matching(pictures_of(request.user), query)
        return JsonResponse({"pictures": [self._choice(each) for each in found[:CHOICES]]})

    def image(self, request, pk):
        """Serve a picture to editors; an outlined box with the alt text where it has no file.

        `?size=small` serves its smallest rendition.
        """
        picture = self.find(request, pk)
        name = _smallest(picture) if request.GET.get("size") == "small" else picture.file.name
        media_type = MEDIA_TYPES.get(Path(name or "").suffix.lower())
        if media_type and picture.file.storage.exists(name):
            stored = picture.file.storage.open(name, "rb")
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

    @admin.display(description=_("added"), ordering="created_at")
    def added(self, picture):
        return short(picture.created_at)

    @admin.display(description="")
    def thumbnail(self, picture):
        source = picture_source(picture.pk)
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', source)


def _smallest(picture) -> str:
    """Name the file of the smallest rendition; the picture's own where there is none."""
    smallest = min(picture.renditions, key=lambda each: each["width"], default=None)
    return smallest["name"] if smallest else picture.file.name
