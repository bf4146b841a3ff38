"""A live blog that was read → a story here, by publishing's import."""

import re
from datetime import timedelta
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from liveblog.batches import batches
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _
from liveblog.models import Person, Picture, Story, Topic, Update
from liveblog.publishing import (
    ArchiveImport,
    ImportedUpdate,
    Invalid,
    Outcome,
    SharedRows,
    StoryContent,
    store_pictures,
)
from liveblog.slugs import slugify

from .archive import Archive, Entry, one_line
from .entry_rows import EntryRows
from .import_media import MediaFolder, add_files, picture_rows
from .import_plan import CannotImport, Plan
from .ledger import Ledger

BATCH = 250
OVER_AFTER = timedelta(days=1)  # a live blog of which nothing says that it goes on
_EVERYWHERE = {"index", "liveblog", "live-blog", "live-news", "updates", "story", "article"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TICK = timedelta(microseconds=1)


class StoryImport:
    """The import of one archive into a story, new or known."""

    def __init__(self, archive: Archive, plan: Plan, store: ArchiveImport, ledger: Ledger):
        self.archive, self.plan, self.store, self.ledger = archive, plan, store, ledger
        self.shared = SharedRows()
        self.now = timezone.now()
        self.rows = EntryRows(archive, store, ledger, self.shared, self.now)

    def run(self):
        if self.archive.is_deleted:
            self._take_down()
            return
        story = self.plan.into or self._find_story()
        self._refuse_slug(story)
        pictures = self._store_pictures()
        if story is None:
            self._begin()
        else:
            self.store.go_on(story)
            self._bring_story_up_to_date()
        self._warn_of_private(story)
        if self.archive.are_days_guessed and not self.store.is_new:
            self._keep_moments()
        entries = self._in_order()
        for batch in batches(entries, BATCH):
            self._take(batch)
        self.store.finish(self._state())
        self._fetch_files(pictures)

    # -- the story

    def _find_story(self):
        """The story that an earlier import of the same live blog made."""
        ids = [self.archive.uuid_of(each.id) for each in self.archive.entries]
        for some in batches(ids, 500):
            known = Update.objects.filter(pk__in=some).select_related("story")
            if found := known.order_by().first():
                return found.story
        # Of two live blogs with one id, the rows tell which is which.
        return Story.objects.filter(uid=self._uid(), updates=None).first()

    def _uid(self):
        return self.archive.uid

    def _take_down(self):
        """Retract what an earlier import brought in of a live blog that was deleted there."""
        story = self._find_story()
        if story is None or story.status == Story.Status.WITHDRAWN:
            self.ledger.counts[str(Outcome.UNCHANGED)] += len(self.archive.entries)
            words = _("“%(headline)s” was deleted in the original: no story is made of it")
            self._warn(words, headline=one_line(self.archive.headline))
            return
        self.store.go_on(story)
        self._take(self._in_order())
        self.store.finish()
        words = _("the live blog was deleted in the original: what came from it was taken down")
        self._warn(words)

    def _refuse_slug(self, story):
        if not self.plan.slug:
            return
        there = Story.objects.at_address(self.plan.slug).first()
        if there and there != story:
            words = _("another story has the address “%(slug)s”; to add to it, import into it")
            raise CannotImport(Message(words, slug=self.plan.slug))

    def _begin(self):
        content = self._content()
        try:
            self.store.begin(content, uid=self._uid())
        except Invalid as error:
            raise CannotImport(str(error)) from error

    def _warn_of_private(self, story):
        if not self.archive.is_private:
            return
        if story is not None and story.is_public and self.plan.into is None:
            self._warn(_("the original is not public any more: what came from it was taken down"))
        elif self.plan.publish:
            self._warn(_("the original is not public: it came in as drafts"))

    def _bring_story_up_to_date(self):
        hides = self.archive.is_private and self.store.story.is_public
        if hides or self.plan.into is not None:
            return
        if not self.store.update_story(self._content(slug=self.store.story.slug)):
            self._warn(_("the story's own texts were edited here since they came in: left alone"))

    def _content(self, slug="") -> StoryContent:
        archive, plan = self.archive, self.plan
        people = [self.shared.find(Person, name) for name in archive.authors]
        topics = [self.shared.find(Topic, name) for name in archive.topics]
        return StoryContent(
            headline=one_line(archive.headline) or "…",
            kicker=one_line(archive.kicker, 60),
            standfirst=archive.standfirst,
            introduction=_without_places(archive.introduction),
            summary=_without_places(archive.summary),
            lead_picture=Picture.objects.filter(pk=archive.lead_picture).first(),
            language=plan.language or _language(archive.language),
            timezone=plan.timezone or archive.timezone or settings.TIME_ZONE,
            times_assigned=archive.times_assigned,
            slug=slug or plan.slug or self._free_slug(),
            bylines=tuple(filter(None, people)),
            topics=frozenset(filter(None, topics)),
        )

    def _free_slug(self):
        """The address that the story had, where nobody here has it."""
        wish = slugify(unquote(self.archive.slug).replace("-", " "))
        is_telling = len(wish) >= 5 and not wish.isdecimal() and wish not in _EVERYWHERE
        return wish if is_telling and not Story.objects.at_address(wish).exists() else ""

    def _state(self):
        """Say whether the story opens with what came, and whether it is over."""
        story = self.store.story
        if not self.store.publishes or story.status != Story.Status.DRAFT:
            return None
        published = Update.objects.filter(story=story, status=Update.Status.PUBLISHED)
        first, last = published.aggregate(
            first=Min("published_at"), last=Max("published_at")
        ).values()
        if first is None:
            return None
        is_ended = self.archive.is_ended
        if is_ended is None:
            is_ended = self.now - last > OVER_AFTER
        return {
            "status": Story.Status.ENDED if is_ended else Story.Status.LIVE,
            "opened_at": first,
            "ended_at": last if is_ended else None,
        }

    # -- its entries

    def _in_order(self):
        """Return the entries by time; those of one moment keep the file's order."""
        entries = sorted(self.archive.entries, key=lambda each: each.published_at or self.now)
        before = None
        for each in entries:
            moment = each.published_at
            if moment and before and before >= moment and before - moment < timedelta(seconds=1):
                each.published_at = before + _TICK
            before = each.published_at or before
        pinned = [each for each in entries if each.is_pinned]
        for each in pinned[:-1]:
            each.is_pinned = False
        return entries

    def _keep_moments(self):
        """Let entries that came before keep the moments that were guessed then."""
        here = Update.objects.filter(story=self.store.story)
        moments = dict(here.values_list("pk", "published_at"))
        for each in self.archive.entries:
            each.published_at = moments.get(self.archive.uuid_of(each.id)) or each.published_at

    def _take(self, entries):
        coming = [(each, self._update(each)) for each in entries]
        self.store.take([update for _entry, update in coming if update])
        for entry, update in coming:
            if update is None:
                continue
            if update.outcome == Outcome.REFUSED:
                self.ledger.refuse(entry.where, entry.id, update.reason)
                continue
            self.ledger.counts[str(update.outcome)] += 1

    def _update(self, entry: Entry) -> ImportedUpdate | None:
        return self.rows.update_of(entry)

    # -- its pictures

    def _store_pictures(self):
        rows = picture_rows(self.archive, self.shared, self.now)
        store_pictures(rows)
        return rows

    def _fetch_files(self, rows):
        """Use the files of a folder where their names match; say what is missing."""
        store = None if self.plan.dry_run else self.store
        missing, problems = add_files(MediaFolder(self.plan.media), self.archive, rows, store)
        self.ledger.warnings += problems
        if missing:
            words = _("pictures that came without their files (%(count)d): %(names)s")
            names = ", ".join(missing[:10]) + (" …" if missing[10:] else "")
            self._warn(words, count=len(missing), names=names)

    def _warn(self, words, **values):
        self.ledger.warnings.append(Message(words, **values))


def _without_places(html):
    """A story's own texts show no pictures."""
    return re.sub(r'<img data-picture="[^"]*">', "", html)


def _language(said):
    tag = said.strip().replace("_", "-")
    tag = tag[:1].lower() + tag[1:] if tag else ""
    head, dash, rest = tag.partition("-")
    tag = f"{head.lower()}{dash}{rest}"
    return tag if len(tag) <= 35 and _LANGUAGE.fullmatch(tag) else settings.LANGUAGE_CODE
