"""The content of an update."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from liveblog.models import (
    Attribution,
    Person,
    Picture,
    Source,
    Update,
    UpdateByline,
    UpdatePicture,
)
from liveblog.richtext import pictures_in
from liveblog.round_trips import Statement, run

from ..errors import Invalid
from ..policy import no_picture
from .parts import Parts, clean_text, parts_written

PARTS: Parts = {
    "sources": (
        Attribution,
        lambda cited: {"source": cited.source, "role": cited.role, "url": cited.url},
    ),
    "bylines": (UpdateByline, lambda person: {"person": person}),
    "pictures": (UpdatePicture, lambda picture_id: {"picture_id": picture_id}),
}


@dataclass(frozen=True)
class Citation:
    """A source as an update cites it; `role` is one of `Attribution.Role`."""

    source: Source
    role: str = Attribution.Role.REPORTED_BY
    url: str = ""


@dataclass(frozen=True)
class UpdateContent:
    """An update as its editor wrote it.

    `published_at` is None to publish now, or to leave the moment as it is.
    `pictures` are ids, those inside `body` among them.
    """

    headline: str = ""
    body: str = ""
    verification: str = Update.Verification.NONE
    is_key_event: bool = False
    sources: tuple[Citation, ...] = ()
    bylines: tuple[Person, ...] = ()
    pictures: tuple[UUID, ...] = ()
    published_at: datetime | None = field(default=None, compare=False)

    ROW = ("headline", "body", "verification", "is_key_event")

    def __post_init__(self):
        body = clean_text("body", self.body)
        pictures = dict.fromkeys([*pictures_in(body), *self.pictures])
        cited = {(citation.source, citation.role): citation for citation in self.sources}
        for name, value in {
            "body": body,
            "headline": self.headline.strip(),
            "pictures": tuple(pictures),
            "sources": tuple(cited.values()),
            "bylines": tuple(dict.fromkeys(self.bylines)),
        }.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, update: Update) -> "UpdateContent":
        """Read the content of a row; three queries where its parts are not loaded."""
        return cls(
            **{name: getattr(update, name) for name in cls.ROW},
            sources=tuple(
                Citation(each.source, each.role, each.url)
                for each in update.attributions.select_related("source")
            ),
            bylines=tuple(each.person for each in update.bylines.select_related("person")),
            pictures=tuple(each.picture_id for each in update.pictures.all()),
        )

    @classmethod
    def of_loaded(cls, update: Update) -> "UpdateContent":
        """Build the content of a row whose parts are loaded (`with_parts`), without a query."""
        return cls(
            **{name: getattr(update, name) for name in cls.ROW},
            sources=tuple(
                Citation(each.source, each.role, each.url) for each in update.attributions.all()
            ),
            bylines=tuple(each.person for each in update.bylines.all()),
            pictures=tuple(each.picture_id for each in update.pictures.all()),
        )

    @property
    def is_empty(self) -> bool:
        return not (self.headline or self.body or self.pictures)

    def fill(self, update: Update) -> None:
        """Put the row's own fields onto it."""
        for name in self.ROW:
            setattr(update, name, getattr(self, name))

    def write_parts(self, update: Update, before: "UpdateContent | None") -> None:
        """Write the rows of sources, bylines and pictures where they differ from `before`."""
        run(self.parts_written(update, before))

    def parts_written(self, update: Update, before: "UpdateContent | None") -> Iterator[Statement]:
        """Yield the statements that do so."""
        if self.pictures != getattr(before, "pictures", ()):
            _refuse_unknown_pictures(self.pictures)
        yield from parts_written(update, PARTS, self, before)


def _refuse_unknown_pictures(ids):
    if not ids:
        return
    known = set(Picture.objects.filter(pk__in=ids).values_list("pk", flat=True))
    missing = [str(each) for each in ids if each not in known]
    if missing:
        raise Invalid({"pictures": [no_picture(each) for each in missing]})
