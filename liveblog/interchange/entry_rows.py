"""An entry of another system → the update that publishing's import takes."""

from datetime import datetime, timedelta

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _
from liveblog.models import Person, Source, Update
from liveblog.publishing import (
    ArchiveImport,
    Citation,
    ImportedUpdate,
    PastVersion,
    SharedRows,
    UpdateContent,
)
from liveblog.richtext import LONGEST

from .archive import DRAFT, PUBLISHED, RETRACTED, Archive, Cited, Entry
from .ledger import Ledger


class EntryRows:
    """What the entries of one live blog become here."""

    def __init__(
        self,
        archive: Archive,
        store: ArchiveImport,
        ledger: Ledger,
        shared: SharedRows,
        now: datetime,
    ):
        self.archive, self.store, self.ledger = archive, store, ledger
        self.shared, self.now = shared, now

    def update_of(self, entry: Entry) -> ImportedUpdate | None:
        """Return the update that an entry becomes; None where the ledger refuses it."""
        id = self.archive.uuid_of(entry.id)
        if entry.state == RETRACTED:
            return ImportedUpdate(id, UpdateContent(), self._removal(entry))
        if max(len(each.body) for each in (entry, *entry.history)) > LONGEST:
            words = _("its text has more than %(most)d characters")
            self.ledger.refuse(entry.where, entry.id, Message(words, most=LONGEST))
            return None
        if entry.published_at is None and entry.state == PUBLISHED:
            self.ledger.refuse(entry.where, entry.id, Message(_("it has no date that can be read")))
            return None
        if entry.published_at and entry.published_at > self.now:
            words = _("%(where)s: entry %(id)s lies in the future: it came in as a draft")
            self.ledger.warnings.append(Message(words, where=entry.where, id=entry.id))
            entry.state, entry.published_at = DRAFT, None
        history = [
            PastVersion(
                UpdateContent(headline=past.headline or entry.headline, body=past.body),
                past.at or entry.published_at or self.now,
            )
            for past in entry.history
        ]
        is_held = entry.state == DRAFT or self.archive.is_private
        content, columns = self._update_content(entry), self._columns(entry)
        return ImportedUpdate(id, content, columns, history, is_held=is_held)

    def _removal(self, entry):
        at = min(entry.published_at or self.now, self.now)
        return {"status": Update.Status.RETRACTED, "published_at": at, "retracted_at": at}

    def _columns(self, entry):
        if entry.state == DRAFT or not self.store.publishes:
            return {"status": Update.Status.DRAFT, "published_at": entry.published_at}
        edited = entry.edited_at if entry.history or _is_later(entry) else None
        return {
            "status": Update.Status.PUBLISHED,
            "published_at": entry.published_at,
            "edited_at": edited and min(edited, self.now),
            "kind": Update.Kind.INFORMATION if edited else Update.Kind.NEW,
            "is_pinned": entry.is_pinned and self.store.is_new,
        }

    def _update_content(self, entry):
        people = (self.shared.find(Person, name) for name in entry.authors)
        cited = (self._citation(each) for each in entry.cited)
        return UpdateContent(
            headline=entry.headline,
            body=entry.body,
            is_key_event=entry.is_key_event,
            bylines=tuple(filter(None, people)),
            sources=tuple(filter(None, cited)),
            pictures=entry.pictures,
        )

    def _citation(self, cited: Cited):
        source = self.shared.find(Source, cited.name, kind=cited.kind)
        url = cited.url if len(cited.url) <= 1000 else ""
        return source and Citation(source, cited.role, url)


def _is_later(entry):
    return bool(entry.edited_at and entry.published_at) and (
        entry.edited_at - entry.published_at >= timedelta(seconds=1)
    )
