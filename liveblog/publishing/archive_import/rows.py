"""Decide what an import does to one update, given the row that is here."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from liveblog.models import Correction, Update

from ..content import Citation, UpdateContent
from ..snapshots import snapshot_update

Status = Update.Status
SEEN = {Status.PUBLISHED, Status.RETRACTED}  # by readers, at some time


class Outcome(StrEnum):
    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    RETRACTED = "retracted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PastVersion:
    """What an update said before; `columns` are those of the Version's row beside its text.

    Without `content` the columns hold the whole snapshot.
    """

    content: UpdateContent | None
    at: datetime
    columns: dict = field(default_factory=dict)


@dataclass(slots=True)
class ImportedUpdate:
    """An update as imported; `columns` are those of its row that are not content.

    A retracted one has no content. A held one is not public in the original: it is never
    published, and taken down where it was. `reason` says why the import refused it, if it did.
    """

    id: UUID
    content: UpdateContent
    columns: dict
    history: list[PastVersion] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    is_held: bool = False
    outcome: Outcome = Outcome.IMPORTED
    reason: str = ""

    @property
    def status(self) -> str:
        return self.columns["status"]

    def refuse(self, reason: str) -> None:
        self.outcome, self.reason = Outcome.REFUSED, reason

    def essence(self) -> dict:
        """What has to be the same for an import to change nothing."""
        row = Update(id=self.id, published_at=self.columns.get("published_at"))
        return essence(snapshot_update(row, self.content))


def essence(snapshot: dict) -> dict:
    """Return what an import compares of a snapshot; of moments, the second."""
    return {
        **{name: snapshot[name] for name in UpdateContent.ROW},
        "published_at": _second(snapshot["published_at"]),
        "sources": [(each["id"], each["role"], each["url"]) for each in snapshot["sources"]],
        "bylines": [each["id"] for each in snapshot["bylines"]],
        "pictures": list(snapshot["pictures"]),
    }


def _second(moment) -> str:
    text = moment.isoformat() if isinstance(moment, datetime) else moment or ""
    return text[:19]


def content_of(row: Update) -> UpdateContent:
    """Read the content of a row loaded `with_parts`, without a query."""
    return UpdateContent(
        **{name: getattr(row, name) for name in UpdateContent.ROW},
        sources=tuple(
            Citation(each.source, each.role, each.url) for each in row.attributions.all()
        ),
        bylines=tuple(each.person for each in row.bylines.all()),
        pictures=tuple(each.picture_id for each in row.pictures.all()),
    )


def decide(coming: ImportedUpdate, here: Update | None, came: dict | None, store) -> None:
    """Set the outcome of an update; `came` is the snapshot of its last import, if any."""
    is_removal = coming.status == Status.RETRACTED
    if here is None and is_removal:
        # Drafts leave no trace of a removal: of a known story there is nothing to do.
        changes = store.is_new or store.publishes
        coming.outcome = Outcome.RETRACTED if changes else Outcome.UNCHANGED
    elif here is None:
        coming.outcome = Outcome.IMPORTED
        _refuse_unfit(coming)
    elif here.story_id != store.story.pk:
        coming.refuse(_("its id belongs to an update of another story here"))
    elif is_removal or (coming.is_held and here.status in SEEN):
        is_gone = here.status == Status.RETRACTED
        coming.outcome = Outcome.UNCHANGED if is_gone else Outcome.RETRACTED
    elif _is_same(coming, here, came):
        coming.outcome = Outcome.UNCHANGED
    elif here.status == Status.RETRACTED:
        coming.refuse(_("it was retracted here, and stays so"))
    elif not came or essence(came) != essence(snapshot_update(here, content_of(here))):
        coming.refuse(_("it was edited here since it came in, and is left as it is"))
    else:
        coming.outcome = Outcome.UPDATED
        _refuse_unfit(coming)


def _is_same(coming, here, came):
    """Return whether an update equals its last import, or the row that is here."""
    incoming = coming.essence()
    goes_on_air = coming.status == Status.PUBLISHED and here.status in Update.WAITING
    if came and incoming == essence(came):
        return not goes_on_air
    is_same_status = here.status == coming.status or coming.status == Status.DRAFT
    return is_same_status and incoming == essence(snapshot_update(here, content_of(here)))


def _refuse_unfit(coming):
    if coming.content.is_empty:
        coming.refuse(_("it has neither headline nor text nor picture"))
        return
    row = Update(id=coming.id)
    coming.content.fill(row)
    names = set(UpdateContent.ROW)
    try:
        row.clean_fields(exclude={each.name for each in row._meta.fields} - names)
    except ValidationError as error:
        said = (f"{name}: {' '.join(problems)}" for name, problems in error.message_dict.items())
        coming.refuse("; ".join(said))
