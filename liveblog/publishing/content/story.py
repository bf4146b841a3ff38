"""The content of a story outside its updates."""

from dataclasses import dataclass, field, fields

from liveblog.models import Person, Picture, Story, StoryByline, Topic
from liveblog.models.story import default_language, default_timezone
from liveblog.round_trips import run

from .parts import Parts, clean_text, parts_written

PARTS: Parts = {"bylines": (StoryByline, lambda person: {"person": person})}


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

    APART = ("slug", "bylines", "topics")
    UNSEEN = ("editors_note",)
    EVERYWHERE = ("language", "timezone", "slug")

    def __post_init__(self):
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in {"introduction", "summary"}:
                value = clean_text(each.name, value)
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
        return [each.name for each in fields(cls) if each.name not in cls.APART]

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
        run(parts_written(story, PARTS, self, before))
        if self.topics != getattr(before, "topics", frozenset()):
            story.topics.set(self.topics)
