"""The shapes of answers, as the OpenAPI document tells them; `data` fills them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from liveblog.models import Attribution, Correction, Source, Story, Update


def _choice(choices):
    return Literal[tuple(choices.values)]


class FieldProblem(Schema):
    field: str
    message: str


class SourceOut(Schema):
    slug: str
    name: str
    credit: str
    kind: _choice(Source.Kind)
    link: str


class CitationOut(SourceOut):
    role: _choice(Attribution.Role)
    url: str


class NamedOut(Schema):
    slug: str
    name: str


class PictureOut(Schema):
    id: UUID
    url: str | None
    width: int
    height: int
    alt: str
    is_decorative: bool
    caption: str
    credit: str | None


class CorrectionOut(Schema):
    kind: _choice(Correction.Kind)
    note: str
    at: datetime


class StoryOut(Schema):
    slug: str
    url: str
    status: _choice(Story.Status)
    version: int
    cursor: str
    headline: str
    kicker: str
    standfirst: str
    introduction: str
    summary: str
    language: str
    timezone: str
    times_assigned: bool
    search_title: str
    share_text: str
    editors_note: str
    lead_picture: UUID | None
    share_picture: UUID | None
    bylines: list[NamedOut]
    topics: list[NamedOut]
    update_count: int
    created_at: datetime | None
    opened_at: datetime | None
    ended_at: datetime | None
    withdrawn_at: datetime | None
    last_updated_at: datetime | None


class UpdateOut(Schema):
    id: UUID
    story: str
    url: str | None
    status: _choice(Update.Status)
    version: int
    number: int | None
    revision: int | None
    headline: str
    body: str
    plain_text: str
    verification: _choice(Update.Verification)
    is_key_event: bool
    is_pinned: bool
    last_kind: _choice(Update.Kind)
    sources: list[CitationOut]
    bylines: list[NamedOut]
    pictures: list[PictureOut]
    corrections: list[CorrectionOut]
    published_at: datetime | None
    scheduled_for: datetime | None
    edited_at: datetime | None
    retracted_at: datetime | None
    retraction_note: str
    sent_back_note: str


class UpdateChange(UpdateOut):
    type: Literal["update"]
    html: str


class Removal(Schema):
    type: Literal["removal"]
    id: UUID
    revision: int


class UpdatesOut(Schema):
    story: str
    status: _choice(Story.Status)
    cursor: str
    more: bool
    reload: bool
    changes: list[Annotated[UpdateChange | Removal, Field(discriminator="type")]]


class StoriesOut(Schema):
    stories: list[StoryOut]
    more: bool


class SourcesOut(Schema):
    sources: list[SourceOut]
    more: bool


class TopicsOut(Schema):
    topics: list[NamedOut]
    more: bool


class MeOut(Schema):
    token: str
    scopes: list[str]
    story: str | None
    expires_at: datetime | None
    person: str
    name: str
    roles: list[str]


class ProblemOut(Schema):
    """RFC 9457; `errors` where fields are wrong, both texts where somebody saved first."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    current: dict | None = None
    attempted: dict | None = None
