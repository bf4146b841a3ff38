"""The composer's forms: for updates before publication, and for published ones."""

import uuid

from django import forms
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _

from liveblog.admin.modeladmin import NewsroomForm
from liveblog.editing.clock_fields import ClockField, in_zone, next_quarter, reading
from liveblog.models import Correction, Update
from liveblog.publishing import Conflict
from liveblog.queries.plain_sql import find_story

from .conflict import catch_up

KEYS = {
    Update.Kind.TYPO: "t",
    Update.Kind.INFORMATION: "a",
    Update.Kind.CLARIFICATION: "l",
    Update.Kind.CORRECTION: "c",
}


class _KindSelect(forms.RadioSelect):
    """Radio buttons with an access key each, which their titles name."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        key = KEYS[value]
        hint = _("Key: %(key)s") % {"key": key.upper()}
        option["attrs"] |= {"accesskey": key, "title": hint, "aria-keyshortcuts": f"Alt+{key}"}
        return option


class EditKindForm(forms.Form):
    """The kind of an edit to a published update, and the note that readers get."""

    kind_of_edit = forms.ChoiceField(
        label=_("What kind of edit is this?"),
        choices=[
            (Update.Kind.TYPO, _("Typo: readers see no mark")),
            (Update.Kind.INFORMATION, _("Added information: “Updated”, unless marked already")),
            (Update.Kind.CLARIFICATION, _("Clarification: readers see your note")),
            (Update.Kind.CORRECTION, _("Correction: readers see your note")),
        ],
        widget=_KindSelect,
        help_text=_("With the browser's access key: T, A, L or C."),
    )
    note = forms.CharField(
        label=_("Note to readers"),
        required=False,
        max_length=Correction._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What was wrong or unclear. Clarifications and corrections need it."),
    )


class StoryField(forms.ModelChoiceField):
    """The story of a new update; one who may write in every story needs no filter for it."""

    def to_python(self, value):
        is_filtered = bool(self.queryset.query.where)
        found = None if is_filtered or not str(value).isdecimal() else find_story(int(value))
        return found or super().to_python(value)


class UpdateForm(NewsroomForm):
    """An update that readers don't see yet.

    `client_id` is made once per form, so that a form sent twice makes one update.
    """

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    made_from = forms.IntegerField(widget=forms.HiddenInput)
    pin = forms.BooleanField(
        label=_("Pin at the top of the story"),
        required=False,
        help_text=_("Goes with Publish, in the place of another pin; a draft does not keep it."),
    )
    published_at = ClockField(label=_("Published"), required=False)
    schedule_at = ClockField(label=_("Publish at"), required=False)
    send_back_note = forms.CharField(
        label=_("What its writer has to do"),
        required=False,
        max_length=Update._meta.get_field("sent_back_note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        widgets = {"headline": forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})}

    def __init__(self, *args, refusal=None, **kwargs):
        self.refusal = refusal
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        self.initial["client_id"] = uuid.uuid4() if is_new else self.instance.pk
        self.initial["made_from"] = 0 if is_new else self.instance.version
        if isinstance(self.refusal, Conflict) and self.refusal.current:
            catch_up(self, self.refusal.current)
        if is_new:
            self.fields["headline"].widget.attrs["autofocus"] = True
        else:
            self._show_moments(self.instance.story.zone)

    def _show_moments(self, zone):
        at = reading(self.instance.scheduled_for, zone)
        self.initial["schedule_at"] = at or next_quarter(zone)
        self.initial["published_at"] = reading(self.instance.published_at, zone)

    def _post_clean(self):
        """Put what was written onto the instance, and no more: the form's fields have validated it.

        `publishing` looks at the row under the story's lock, and the database at its rules.
        """
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)

    def clean_headline(self):
        return " ".join(self.cleaned_data["headline"].split())

    def clean(self):
        cleaned = super().clean()
        story = cleaned.get("story") or (self.instance.story_id and self.instance.story)
        if not story:
            return cleaned
        self._place("published_at", cleaned, story.zone)
        if "_send_back" in self.data and not cleaned.get("send_back_note", "x"):
            self.add_error("send_back_note", _("Say what has to be done."))
        if "_schedule" in self.data and "schedule_at" in cleaned:
            if not cleaned["schedule_at"]:
                self.add_error("schedule_at", _("Say when."))
            self._place("schedule_at", cleaned, story.zone)
            if cleaned.get("pin"):
                self.add_error("pin", _("Pin it once it is published, or publish it now."))
        return cleaned

    def _place(self, name, cleaned, zone):
        # An unchanged field keeps the exact moment: the form shows minutes alone.
        if name == "published_at" and name not in self.changed_data:
            cleaned[name] = self.instance.published_at
        elif cleaned.get(name):
            try:
                cleaned[name] = in_zone(cleaned[name], zone)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def update(self) -> Update:
        """Return an unsaved instance with the id and the story that the form is for."""
        if self.instance._state.adding:
            return Update(id=self.cleaned_data["client_id"], story=self.cleaned_data["story"])
        return self.instance


class PublishedForm(EditKindForm, UpdateForm):
    """An update that readers see: every edit says what it is."""

    pin = None  # a button of its own above the form

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "_copy" in self.data:
            self.fields["kind_of_edit"].required = False
