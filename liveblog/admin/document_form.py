"""The form for a document, with its editor's marks on single lines."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from liveblog.editing.clock_fields import ClockField, in_zone
from liveblog.interchange import document as documents
from liveblog.interchange.document import Mark
from liveblog.templatetags.newsroom import say

_MARK = "mark-"  # before a line's number, in the names of the fields that mark it


@dataclass(frozen=True)
class Markable:
    """A line that the editor may mark, and what the parser read it as."""

    line: int
    text: str
    part: str
    mark: str

    @property
    def choices(self):
        return [
            ("", _("As read")),
            (Mark.TITLE, _("Headline of the story")),
            (Mark.HEADLINE, _("Headline of an update")),
            (Mark.TEXT, _("Text")),
            (Mark.BOILERPLATE, _("Leave out")),
        ]


class DocumentForm(forms.Form):
    """A document and its options; `document` and `schedule` are what the parser read."""

    MOST_MARKABLE = 1500  # lines; more would make a page that no browser likes

    text = forms.CharField(
        label=_("Paste the document"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
    )
    file = forms.FileField(label=_("or upload it (plain text, UTF-8)"), required=False)
    date = ClockField(
        label=_("Moment of the newest update"),
        required=False,
        help_text=_("As the page says, or now, where empty. Times in the document win."),
    )
    every = forms.IntegerField(
        label=_("Minutes between updates without a time"), initial=20, min_value=1, max_value=1440
    )
    oldest_first = forms.BooleanField(label=_("The oldest update stands first"), required=False)
    marks_of = forms.CharField(required=False, widget=forms.HiddenInput)

    document = schedule = None
    problems: tuple = ()
    has_lost_marks = False

    def __init__(self, data=None, files=None):
        super().__init__(data.copy() if data is not None else None, files)
        self.marks: dict[int, str] = {}

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > documents.MOST_BYTES:
            raise forms.ValidationError(gettext("The file has more than 5 MB."))
        return file and file.read()

    def clean(self):
        cleaned = super().clean()
        self._show_uploaded(cleaned.get("file"))
        source = cleaned.get("file") or cleaned.get("text")
        if self.errors:
            return cleaned
        if not source:
            raise forms.ValidationError(gettext("Paste a document, or choose a file."))
        self._read_marks()
        try:
            self.document = documents.parse(source, marks=self.marks)
            self._plan(cleaned)
        except documents.DocumentError as error:
            self.problems = error.problems
            raise forms.ValidationError(gettext("The document can't be read yet.")) from error
        except documents.ScheduleError as error:
            raise forms.ValidationError(say(error.args[0])) from error
        return cleaned

    def updates(self):
        """Return each update as read: its text, moment and citations."""
        dated = zip(self.document.updates, self.schedule.moments, strict=True)
        return [
            {"text": each, "at": at, "sources": documents.find_citations(each.paragraphs)}
            for each, at in dated
        ]

    @property
    def timezone(self) -> str:
        return self.document.timezone or settings.TIME_ZONE

    @property
    def language(self) -> str:
        return self.document.language or settings.LANGUAGE_CODE

    @property
    def language_name(self) -> str:
        try:
            return get_language_info(self.language)["name_translated"]
        except KeyError:  # a language that Django has no name for
            return self.language

    def markable(self) -> list[Markable]:
        """Return the lines that are part of the story."""
        gone = {each.line for each in self.document.left_out}
        lines = [each for each in self.document.lines if each.line not in gone]
        return [
            Markable(each.line, each.text, say(each.part), each.mark)
            for each in lines[: self.MOST_MARKABLE]
        ]

    def left_out(self) -> list[Markable]:
        """Return the lines that are in no part of the story, with the reason."""
        out = self.document.left_out[: self.MOST_MARKABLE]
        return [
            Markable(each.line, each.text, say(each.reason), self.marks.get(each.line, ""))
            for each in out
        ]

    def refused(self) -> list[Markable]:
        """Return the lines that make the document unreadable, with the reason."""
        lines = self.data.get("text", "").replace("\r\n", "\n").split("\n")
        return [
            Markable(
                each.line,
                lines[each.line - 1] if each.line <= len(lines) else "",
                say(each.reason),
                self.marks.get(each.line, ""),
            )
            for each in self.problems
        ]

    def _plan(self, cleaned):
        zone = ZoneInfo(self.timezone)
        newest = cleaned["date"]
        self.schedule = documents.plan(
            [update.moment for update in self.document.updates],
            zone=zone,
            now=timezone.now(),
            page=self.document.updated,
            newest=newest and in_zone(newest, zone),
            every=timedelta(minutes=cleaned["every"]),
            oldest_first=cleaned["oldest_first"],
        )

    def _show_uploaded(self, file):
        """Show an uploaded document as if it had been pasted, for the next step."""
        try:
            text = file.decode("utf-8-sig") if file else None
        except UnicodeDecodeError:
            return
        if text is not None and "\x00" not in text:
            self.data["text"] = text

    def _read_marks(self):
        """Read the marks that were made for this text: line numbers mean nothing in another."""
        text = self.data.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        marks = dict(filter(None, map(_read_mark, self.data.items())))
        is_same = self.data.get("marks_of", digest) in {"", digest}
        self.marks = marks if is_same else {}
        self.has_lost_marks = bool(marks) and not is_same
        self.data["marks_of"] = digest


def _read_mark(field):
    name, value = field
    number = name.removeprefix(_MARK)
    is_mark = name.startswith(_MARK) and value in set(Mark)
    is_line = number.isascii() and number.isdigit() and len(number) < 8
    return (int(number), value) if is_mark and is_line else None
