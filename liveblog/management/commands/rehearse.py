"""Publish a demo story step by step on the running server, to watch a live page."""

import time
import uuid
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from liveblog import publishing
from liveblog.interchange import document
from liveblog.models import Source, Update
from liveblog.publishing import Citation, StoryContent, UpdateContent
from liveblog.richtext import from_plain_text

DOCUMENT = Path("fixtures") / "ukraine-kursk.txt"


class Command(BaseCommand):
    help = "Open a fresh story of the Kursk document: updates, an edit, a correction, a retraction."

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=float, default=15, metavar="SECONDS", help="between two updates (15)"
        )

    def handle(self, *, every, **options):
        if not settings.DEBUG:
            raise CommandError("A drill is for the demo, and DEBUG is off.")
        self.by = User.objects.filter(username="chief@localhost").first()
        if self.by is None:
            raise CommandError("Nobody can rehearse yet: start the server with `make run` first.")
        parsed = document.parse((settings.BASE_DIR / DOCUMENT).read_bytes())
        self.story = self._open(parsed)
        self._say(f"Open this page beside the terminal: {self._address()}")
        self._say(f"and write along: {settings.SITE_URL}/admin/liveblog/story/")
        updates = []
        for text in reversed(parsed.updates):
            time.sleep(every)
            updates.append(self._publish(text))
        self._change(updates, every)
        self._say("That was the drill. The story stays; end it in the admin.")

    def _open(self, parsed):
        moment = timezone.localtime()
        content = StoryContent(
            headline=parsed.headline,
            kicker="REHEARSAL",
            standfirst=parsed.standfirst,
            introduction=from_plain_text(list(parsed.introduction)),
            slug=f"rehearsal-{moment:%Y%m%d-%H%M%S}",
        )
        return publishing.open_story(publishing.create_story(content, by=self.by), by=self.by)

    def _publish(self, text):
        cited = document.find_citations(text.paragraphs)
        content = UpdateContent(
            headline=text.headline,
            body=from_plain_text(list(text.paragraphs)),
            sources=tuple(Citation(self._source(each.source), each.role) for each in cited),
        )
        update = Update(id=uuid.uuid4(), story=self.story)
        self._say(f"Published: {text.headline}")
        return publishing.publish(update, by=self.by, content=content)

    def _source(self, said):
        found = Source.objects.filter(slug=said.slug).first()
        new = Source(name=said.name, slug=said.slug, kind=said.kind)
        return found or publishing.create_shared(new, by=self.by)

    def _change(self, updates, every):
        oldest, second, third, *_ = updates
        time.sleep(every / 3)
        content = UpdateContent.of(oldest)
        more = content.body + from_plain_text(["More is expected within the hour."])
        publishing.edit(oldest, replace(content, body=more), by=self.by, kind="information")
        self._say(f"Added to: {oldest}")
        time.sleep(every / 3)
        content = replace(UpdateContent.of(second), headline=f"{second.headline} (corrected)")
        note = "An earlier headline of this update was incomplete."
        publishing.correct(second, content, by=self.by, note=note)
        self._say(f"Corrected: {second}")
        time.sleep(every / 3)
        publishing.retract(third, by=self.by, note="It could not be confirmed.")
        self._say(f"Retracted: {third}")

    def _address(self):
        return f"{settings.SITE_URL}{self.story.get_absolute_url()}"

    def _say(self, line):
        self.stdout.write(f"{timezone.localtime():%H:%M:%S}  {line}")
