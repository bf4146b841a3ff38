"""Import a story: upload or paste a file, check what the import would do, then import.

The server stores nothing between the two steps: the page holds the file, compressed.
"""

import base64
import binascii
import hashlib
import zlib
import zoneinfo
from collections import Counter

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liveblog.interchange.archive import Unreadable
from liveblog.interchange.formats import READERS, read_file
from liveblog.interchange.formats.files import MOST_BYTES
from liveblog.interchange.importing import CannotImport, Plan, import_archives
from liveblog.models import Story, Version
from liveblog.models.story import known_zones
from liveblog.publishing import PublishingError, may
from liveblog.templatetags.newsroom import say

SHOWN = 20  # entries, refusals and warnings of a preview
ROOM = 2**20  # bytes of the form round the file
MOST_ENTRIES = 10_000  # what a request's minute is enough for
FORMATS = {
    "document": _("Plain text document"),
    "wordpress": _("WordPress export (WXR) with live blogs"),
    "liveblogposting": _("Saved web page or JSON-LD (LiveBlogPosting)"),
    "guardian": _("Guardian Content API, item with blocks"),
    "sourcefabric": _("Sourcefabric Live Blog, posts"),
    "ninjs": _("ninjs (IPTC)"),
    "feed": _("RSS, Atom or JSON Feed"),
    "liveblog": _("Our own export"),
}


class StoryImportForm(forms.Form):
    """A file and how to read it; `archives` and `format_name` hold the result."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "A large file (some 20 MB) comes in by the command “manage.py import_story”, "
            "and so do pictures, from a folder."
        ),
    )
    text = forms.CharField(
        label=_("or paste it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    carried = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("Recognise it")), *((name, FORMATS[name]) for name in READERS)],
    )
    timezone = forms.ChoiceField(label=_("Time zone of times without one"))
    publish = forms.BooleanField(
        label=_("Put on air what was on air there"),
        required=False,
        help_text=_("Otherwise everything comes in as drafts. What was deleted never comes in."),
    )

    archives: list = []
    format_name = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = sorted(known_zones())
        self.fields["timezone"].choices = [(name, name) for name in names]
        self.fields["timezone"].initial = settings.TIME_ZONE

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        data = self._data(cleaned)
        try:
            self.format_name, self.archives = read_file(
                data,
                cleaned["format"],
                zone=zoneinfo.ZoneInfo(cleaned["timezone"]),
                now=timezone.now(),
            )
        except Unreadable as error:
            where = f"{error.where}: " if error.where else ""
            raise forms.ValidationError(f"{where}{say(error.reason)}.") from error
        self._refuse_too_many()
        self._hold(cleaned, data)
        return cleaned

    def _refuse_too_many(self):
        count = sum(map(len, self.archives))
        if count > MOST_ENTRIES:
            words = gettext(
                "It holds %(count)d entries, and this page takes %(most)d: bring it in by the "
                "command “manage.py import_story”."
            )
            raise forms.ValidationError(words % {"count": count, "most": MOST_ENTRIES})

    @property
    def is_as_seen(self) -> bool:
        """Whether the file or text is the one that the page has shown the result of."""
        return self.cleaned_data["seen"] == self.data["seen"]

    def _hold(self, cleaned, data):
        """Keep what was read on the page: a pasted text stays where it was pasted."""
        self.data = self.data.copy()
        self.data["seen"] = hashlib.sha256(data).hexdigest()
        if cleaned["text"].strip() and not cleaned["file"]:
            self.data["carried"] = ""
        else:
            self._carry(data)

    def _data(self, cleaned):
        if cleaned["file"]:
            return cleaned["file"].read(MOST_BYTES + 1)
        if cleaned["text"].strip():
            return cleaned["text"].encode()
        if cleaned["carried"]:
            return _unpack(cleaned["carried"])
        raise forms.ValidationError(gettext("Choose a file, or paste one."))

    def _carry(self, data):
        """Put the file into a hidden field: browsers don't fill file inputs again."""
        packed = base64.b64encode(zlib.compress(data)).decode()
        if len(packed) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE - ROOM:
            raise forms.ValidationError(
                gettext(
                    "The file is too large for this page: bring it in by the command "
                    "“manage.py import_story”."
                )
            )
        self.data["carried"], self.data["text"] = packed, ""


def _unpack(packed):
    try:
        unpacker = zlib.decompressobj()
        return unpacker.decompress(base64.b64decode(packed, validate=True), MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise forms.ValidationError(gettext("Choose the file again.")) from error


class StoryImportPage:
    """The story admin's page for files of other systems."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.bring_in)
        return [path("bring-in/", view, name="liveblog_story_bring_in"), *super().get_urls()]

    def bring_in(self, request):
        if not may(request.user, Version.Verb.CREATE_STORY):
            raise PermissionDenied
        form = StoryImportForm(request.POST or None, request.FILES or None)
        context = {"form": form, "is_done": False}
        if request.method == "POST" and form.is_valid():
            context |= self._carry_out(request, form)
            done = context.get("redirect")
            if done:
                return HttpResponseRedirect(done)
        frame = self.admin_site.each_context(request)
        context |= {"title": gettext("Bring a story in"), "opts": self.opts}
        return TemplateResponse(request, "admin/liveblog/story_import.html", frame | context)

    def _carry_out(self, request, form):
        """Try the import, or do it where its button was pressed; return the page's context."""
        is_import = "_import" in request.POST
        chosen = request.POST.getlist("select")
        archives = [each for each in form.archives if each.id in chosen or not is_import]
        if is_import and not (archives and form.is_as_seen):
            form.add_error(None, self._why_not(form))
            archives, is_import = form.archives, False
        plan = Plan(
            by=request.user,
            publish=form.cleaned_data["publish"],
            timezone=form.cleaned_data["timezone"],
            dry_run=not is_import,
        )
        try:
            ledgers = import_archives(archives, form.format_name, plan)
        except (CannotImport, PublishingError) as error:
            form.add_error(None, str(error))
            return {}
        is_whole = not any(each.refused for each in ledgers) and len(ledgers) == 1
        if is_import and is_whole and ledgers[0].story:
            return {"redirect": self._tell(request, ledgers[0])}
        if is_import:
            self._tell_counts(request, ledgers)
        shown = [_shown(archive, ledger) for archive, ledger in zip(archives, ledgers, strict=True)]
        for each in shown:
            each["is_chosen"] = each["archive"].id in chosen or len(shown) == 1
        return {"shown": shown, "is_done": is_import, "format": FORMATS[form.format_name]}

    def _why_not(self, form):
        if form.is_as_seen:
            return gettext("Choose at least one live blog.")
        return gettext("This is not what was read before: look at it again.")

    def _tell_counts(self, request, ledgers):
        """The tag lets the page's script forget the pasted text."""
        words = gettext("%(imported)d entries came in, %(updated)d were brought up to date.")
        counts = sum((each.counts for each in ledgers), Counter())
        values = {name: counts[name] for name in ("imported", "updated")}
        self.message_user(request, words % values, messages.SUCCESS, extra_tags="brought-in")

    def _tell(self, request, ledger):
        self._tell_counts(request, [ledger])
        for each in ledger.warnings[:SHOWN]:
            self.message_user(request, say(each), messages.WARNING)
        return self.page_of(Story.objects.get(slug=ledger.story).pk)


def _shown(archive, ledger):
    """What the page prints of one live blog."""
    story = ledger.story and Story.objects.filter(slug=ledger.story).first()
    return {
        "archive": archive,
        "ledger": ledger,
        "counts": ledger.counts_of(),
        "story": story,
        "entries": archive.entries[:SHOWN],
        "refused": ledger.refused[:SHOWN],
        "more_refused": max(0, len(ledger.refused) - SHOWN),
        "warnings": ledger.warnings[:SHOWN],
    }
