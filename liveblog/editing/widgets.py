"""The rich text editor: its widget, form field and admin mixin."""

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.conf import settings
from django.forms import Media
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import capfirst

from liveblog.models.fields import RichTextField, validate_length
from liveblog.richtext import LONGEST, clean

PLUGINS = ("reader", "link", "paste", "upload", "picture")


def editor_widget(**attrs) -> forms.Widget:
    """Return the rich text widget; without JavaScript it is a textarea."""
    return _Editor(attrs=attrs)


def rich_text_field(**kwargs) -> forms.Field:
    """Return a form field whose value is clean."""
    return _RichTextFormField(widget=editor_widget(), **kwargs)


class RichTextAdmin:
    """Use the rich text widget for a ModelAdmin's rich text fields."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, RichTextField):
            return rich_text_field(
                label=capfirst(db_field.verbose_name),
                required=not db_field.blank,
                help_text=db_field.help_text,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class _RichTextFormField(forms.CharField):
    def clean(self, value):
        value = super().clean(value)
        validate_length(value)
        return clean(value)


class _Editor(CKEditorWidget):
    def __init__(self, attrs):
        super().__init__(template_name="admin/liveblog/rich_text.html", attrs=attrs)
        self.config["extraPlugins"] = ",".join(f"newsroom{name}" for name in PLUGINS)

    @property
    def media(self):
        own = Media(css={"all": ["liveblog/admin/editor.css"]})
        return super().media + own

    def format_value(self, value):
        """Clean the text of a refused form too: the editor renders it in the admin's document."""
        text = value or ""
        return clean(text) if len(text) <= 4 * LONGEST else escape(text)

    def get_context(self, name, value, attrs):
        self.external_plugin_resources = [
            (f"newsroom{plugin}", static(f"liveblog/admin/ckeditor-{plugin}/"), "plugin.js")
            for plugin in PLUGINS
        ]
        self.config["picturesUrl"] = reverse("admin:liveblog_picture_choices")
        self.config["pictureMaxMB"] = settings.PICTURE_MAX_MB
        self.config["pictureUploadUrl"] = reverse("admin:liveblog_picture_upload")
        return super().get_context(name, value, attrs)
