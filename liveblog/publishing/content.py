"""What an editor writes, apart from the rows that keep it."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

from liveblog.models import (
    Attribution,
    Person,
    Picture,
    Source,
    Story,
    StoryByline,
    Topic,
    Update,
    UpdateByline,
    UpdatePicture,
)
from liveblog.models.story import default_language, default_timezone
from liveblog.richtext import clean, pictures_in

from .errors import Invalid


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
        body = clean(self.body)
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

    @property
    def is_empty(self) -> bool:
        return not (self.headline or self.body or self.pictures)

    def fill(self, update: Update) -> None:
        """Put the row's own fields onto it."""
        for name in self.ROW:
            setattr(update, name, getattr(self, name))

    def write_parts(self, update: Update, before: "UpdateContent | None") -> None:
        """Write the rows of sources, bylines and pictures where they differ from `before`."""
        if before is None or self.sources != before.sources:
            _replace(
                Attribution,
                "update",
                update,
                before and before.sources,
                [
                    Attribution(
                        update=update,
                        source=each.source,
                        role=each.role,
                        url=each.url,
                        position=place,
                    )
                    for place, each in enumerate(self.sources)
                ],
            )
        if before is None or self.bylines != before.bylines:
            _replace(
                UpdateByline,
                "update",
                update,
                before and before.bylines,
                [
                    UpdateByline(update=update, person=each, position=place)
                    for place, each in enumerate(self.bylines)
                ],
            )
        if before is None or self.pictures != before.pictures:
            _refuse_unknown_pictures(self.pictures)
            _replace(
                UpdatePicture,
                "update",
                update,
                before and before.pictures,
                [
                    UpdatePicture(update=update, picture_id=each, position=place)
                    for place, each in enumerate(self.pictures)
                ],
            )


@dataclass(frozen=True)
class StoryContent:
    """A story's own parts as its editor wrote them.

    `slug` is made from the headline where it is empty.
    """

    headline: str = ""
    kicker: str = ""
    standfirst: str = ""
    introduction: str = ""
    summary: str = ""
    lead_picture: Picture | None = None
    share_picture: Picture | None = None
    language: str = field(default_factory=default_language)
    timezone: str = field(default_factory=default_timezone)
    times_assigned: bool = False
    search_title: str = ""
    share_text: str = ""
    editors_note: str = ""
    slug: str = ""
    bylines: tuple[Person, ...] = ()
    topics: frozenset[Topic] = frozenset()

    PARTS = ("slug", "bylines", "topics")
    UNSEEN = ("editors_note",)
    EVERYWHERE = ("language", "timezone", "slug")

    def __post_init__(self):
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in {"introduction", "summary"}:
                value = clean(value)
            elif isinstance(value, str):
                value = value.strip()
            elif each.name == "bylines":
                value = tuple(dict.fromkeys(value))
            elif each.name == "topics":
                value = frozenset(value)
            object.__setattr__(self, each.name, value)

    @classmethod
    def of(cls, story: Story) -> "StoryContent":
        """Read the content of a row; up to four queries where its parts are not loaded."""
        return cls(
            **{name: getattr(story, name) for name in cls.row_fields()},
            slug=story.slug,
            bylines=tuple(each.person for each in story.bylines.select_related("person")),
            topics=frozenset(story.topics.all()),
        )

    @classmethod
    def row_fields(cls) -> list[str]:
        return [each.name for each in fields(cls) if each.name not in cls.PARTS]

    def differences(self, other: "StoryContent") -> set[str]:
        """Name the fields in which two contents differ."""
        return {
            each.name
            for each in fields(self)
            if getattr(self, each.name) != getattr(other, each.name)
        }

    def fill(self, story: Story) -> None:
        """Put the row's own fields onto it, apart from the slug."""
        for name in self.row_fields():
            setattr(story, name, getattr(self, name))

    def write_parts(self, story: Story, before: "StoryContent | None") -> None:
        """Write the rows of bylines and topics where they differ from `before`."""
        if before is None or self.bylines != before.bylines:
            _replace(
                StoryByline,
                "story",
                story,
                before and before.bylines,
                [
                    StoryByline(story=story, person=each, position=place)
                    for place, each in enumerate(self.bylines)
                ],
            )
        if (before is None and self.topics) or (before and self.topics != before.topics):
            story.topics.set(self.topics)


def _replace(model, owner_field, owner, before, rows):
    if before:
        model.objects.filter(**{owner_field: owner}).delete()
    if rows:
        model.objects.bulk_create(rows)


def _refuse_unknown_pictures(ids):
    if not ids:
        return
    known = set(Picture.objects.filter(pk__in=ids).values_list("pk", flat=True))
    missing = [str(each) for each in ids if each not in known]
    if missing:
        raise Invalid({"pictures": [f"There is no picture {each}." for each in missing]})
