"""The bodies of requests, and what `publishing` makes of them."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field, StrictBool, model_validator

from liveblog.models import Attribution, Source, Story, Update

from .fields import Line, Link, Moment, Name, Note, RichText, Slug, Strict, text

MOST_PARTS = 50  # sources, bylines or pictures of one update


class SourceIn(Strict):
    """A source by its `slug`; or by its `name`, which is made where it is new."""

    slug: Slug | None = None
    name: Name | None = None
    kind: Literal[tuple(Source.Kind.values)] = Source.Kind.UNSAID.value
    role: Literal[tuple(Attribution.Role.values)] = Attribution.Role.REPORTED_BY.value
    url: Link = ""

    ANSWERED: ClassVar = ("credit", "link")

    @model_validator(mode="after")
    def require_a_name(self):
        if not (self.slug or self.name):
            raise ValueError("give slug or name")
        return self


class PersonIn(Strict):
    """A byline by the person's `slug`; or by the `name`, which is made where it is new."""

    slug: Slug | None = None
    name: Name | None = None

    @model_validator(mode="after")
    def require_a_name(self):
        if not (self.slug or self.name):
            raise ValueError("give slug or name")
        return self


class PictureIn(Strict):
    """A picture by its `id`, as answers name it."""

    id: UUID | None = None

    ANSWERED: ClassVar = ("url", "width", "height", "alt", "is_decorative", "caption", "credit")

    @model_validator(mode="after")
    def require_an_id(self):
        if not self.id:
            raise ValueError("give the id of a picture")
        return self


class UpdateIn(Strict):
    """An update's content and the state that it is to be in; what is left out stays as it is.

    `body` is HTML and is sanitised; `text` is plain, each line a paragraph. `kind` and `note`
    say to readers what the edit of a published update is.
    """

    headline: Line | None = None
    body: RichText | None = None
    text: RichText | None = None
    sources: list[Slug | SourceIn] | None = Field(None, max_length=MOST_PARTS)
    bylines: list[Slug | PersonIn] | None = Field(None, max_length=MOST_PARTS)
    pictures: list[UUID | PictureIn] | None = Field(None, max_length=MOST_PARTS)
    is_key_event: StrictBool | None = None
    is_pinned: StrictBool | None = None
    verification: Literal[tuple(Update.Verification.values)] | None = None
    published_at: Moment | None = None
    scheduled_for: Moment | None = None
    kind: Literal[tuple(Update.Kind.values)] | None = None
    note: Note | None = None
    status: Literal["draft", "submitted", "scheduled", "published"] | None = None

    ANSWERED: ClassVar = (
        *("id", "story", "url", "version", "number", "revision", "plain_text", "corrections"),
        *("edited_at", "retracted_at", "retraction_note", "sent_back_note"),
        *("type", "html", "last_kind"),
    )

    @model_validator(mode="after")
    def refuse_two_texts(self):
        if self.body is not None and self.text is not None:
            raise ValueError("give body or text, not both")
        return self


class StoryIn(Strict):
    """A story's own parts; what is left out stays as it is."""

    headline: Line | None = None
    kicker: text(60) | None = None
    standfirst: Note | None = None
    introduction: RichText | None = None
    summary: RichText | None = None
    language: text(35) | None = None
    timezone: text(64) | None = None
    times_assigned: StrictBool | None = None
    search_title: text(200) | None = None
    share_text: Line | None = None
    editors_note: RichText | None = None
    slug: Slug | None = None
    status: Literal[tuple(Story.Status.values)] | None = None  # must be what it is
    lead_picture: UUID | None = None
    share_picture: UUID | None = None
    bylines: list[Slug | PersonIn] | None = Field(None, max_length=MOST_PARTS)
    topics: list[Slug | PersonIn] | None = Field(None, max_length=MOST_PARTS)

    ANSWERED: ClassVar = (
        *("url", "version", "cursor", "update_count", "created_at", "opened_at"),
        *("ended_at", "withdrawn_at", "last_updated_at"),
    )


class NewStoryIn(StoryIn):
    headline: Line = Field(min_length=1)


class OpenIn(Strict):
    """The drafts to publish with the opening, the oldest first."""

    updates: list[UUID] = Field([], max_length=500)


class NoteIn(Strict):
    note: Note = ""


class RetractIn(Strict):
    """Readers see `note`; without a note it must be `without_trace`."""

    note: text(500) = ""
    without_trace: StrictBool = False


class ScheduleIn(Strict):
    scheduled_for: Moment
