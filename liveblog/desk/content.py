"""What the desk's composer sends as JSON, read into what `publishing` takes."""

from datetime import datetime
from uuid import UUID
from zlib import crc32

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from liveblog.editing.clock_fields import ClockField, in_zone
from liveblog.models import Attribution, Person, Source, Story, Update
from liveblog.publishing import Citation, Invalid, UpdateContent, propose_source
from liveblog.slugs import slugify

MOST_PARTS = 50  # sources, bylines or pictures of one update


def read_content(sent: dict, story: Story, *, by) -> UpdateContent:
    """Build the content of an update; makes the sources that were named anew in place.

    `by` None makes none: the content is looked at, and not saved. Raises `Invalid` with
    the messages of each field that can't be read.
    """
    if not isinstance(sent, dict):
        raise Invalid({"content": [_("The text could not be read.")]})
    return UpdateContent(
        headline=" ".join(_text(sent, "headline").split()),
        body=_text(sent, "body"),
        verification=_choice(sent, "verification", Update.Verification),
        is_key_event=sent.get("is_key_event") is True,
        sources=tuple(_citation(each, by) for each in _list(sent, "sources")),
        bylines=tuple(_person(each) for each in _list(sent, "bylines")),
        pictures=tuple(_picture(each) for each in _list(sent, "pictures")),
        published_at=read_moment(sent, "published_at", story),
    )


def read_moment(sent: dict, name: str, story: Story) -> datetime | None:
    """Read a clock's reading in the story's zone; None where there is none."""
    try:
        reading = ClockField(required=False).to_python(_text(sent, name))
        return reading and in_zone(reading, story.zone)
    except ValidationError as error:
        raise Invalid({name: error.messages}) from error


def note_of(sent: dict) -> str:
    """Read the note of a verb; `publishing` says how long it may be."""
    return _text(sent, "note")


def _text(sent, name):
    value = sent.get(name) or ""
    if not isinstance(value, str):
        raise Invalid({name: [_("This is not a text.")]})
    return value.replace("\0", "")


def _list(sent, name):
    value = sent.get(name) or []
    if not isinstance(value, list) or len(value) > MOST_PARTS:
        raise Invalid({name: [_("At most %(most)d, please.") % {"most": MOST_PARTS}]})
    return value


def _choice(sent, name, choices):
    value = sent.get(name) or choices.values[0]
    if value not in choices.values:
        raise Invalid({name: [_("“%(value)s” is no choice here.") % {"value": value}]})
    return value


def _citation(sent, by) -> Citation:
    if not isinstance(sent, dict):
        raise Invalid({"sources": [_("A source could not be read.")]})
    role = _choice(sent, "role", Attribution.Role)
    return Citation(_source(sent, by), role, _text(sent, "url").strip())


def _source(sent, by) -> Source:
    if isinstance(sent.get("id"), int):
        found = Source.objects.filter(pk=sent["id"]).first()
        if found is None:
            raise Invalid({"sources": [_("A source does not exist any more.")]})
        return found
    name, kind = _text(sent, "name"), _choice(sent, "kind", Source.Kind)
    return _unsaved_source(name, kind) if by is None else propose_source(name, by=by, kind=kind)


def _unsaved_source(name, kind):
    """Contents tell sources apart by their keys: one that is only looked at has a made-up one."""
    name = " ".join(name.split())
    slug = slugify(name, max_length=80) or "source"
    found = Source.objects.filter(slug=slug).first()
    return found or Source(pk=-1 - crc32(name.encode()), name=name, slug=slug, kind=kind)


def _person(sent) -> Person:
    found = Person.objects.filter(pk=sent).first() if isinstance(sent, int) else None
    if found is None:
        raise Invalid({"bylines": [_("A name of the byline does not exist any more.")]})
    return found


def _picture(sent) -> UUID:
    try:
        return UUID(sent)
    except (TypeError, ValueError, AttributeError) as error:
        raise Invalid({"pictures": [_("A picture could not be read.")]}) from error
