"""From a request's body to the content that `publishing` takes."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.models import Person, Picture, Source, Story, Topic, Update
from liveblog.publishing import Citation, StoryContent, UpdateContent
from liveblog.richtext import from_plain_text
from liveblog.slugs import slugify

from .problems import Problem
from .requests import PictureIn, StoryIn, UpdateIn

PLAIN = ("headline", "body", "verification", "is_key_event", "published_at")
STORY_APART = {"status", "bylines", "topics", "lead_picture", "share_picture"}


def update_content(payload: UpdateIn, row: Update | None, *, by) -> UpdateContent:
    """Put what a request gives over what the row has; sources and people are made as needed."""
    given = {name: value for name, value in payload if value is not None}
    content = UpdateContent.of(row) if row else UpdateContent()
    values = {name: given[name] for name in PLAIN if name in given}
    if "text" in given:
        values["body"] = from_plain_text([line for line in given["text"].splitlines() if line])
    if "sources" in given:
        values["sources"] = tuple(_citation(each, by) for each in given["sources"])
    if "bylines" in given:
        values["bylines"] = people(given["bylines"], by=by)
    if "pictures" in given:
        ids = [each.id if isinstance(each, PictureIn) else each for each in given["pictures"]]
        values["pictures"] = tuple(ids)
    return replace(content, **values)


def story_content(payload: StoryIn, story: Story | None, *, by) -> StoryContent:
    """Put what a request gives over what the story has; null takes a picture away."""
    given = {name: getattr(payload, name) for name in payload.model_fields_set}
    values = {
        name: value
        for name, value in given.items()
        if value is not None and name not in STORY_APART
    }
    for name in ("lead_picture", "share_picture"):
        if name in given:
            values[name] = _picture(name, given[name])
    if given.get("bylines") is not None:
        values["bylines"] = people(given["bylines"], by=by)
    if given.get("topics") is not None:
        values["topics"] = [_topic(each, by) for each in given["topics"]]
    return replace(StoryContent.of(story), **values) if story else StoryContent(**values)


def people(names, *, by) -> tuple[Person, ...]:
    return tuple(_find_or_make(Person, "bylines", each, by) for each in names)


def source_of(name, *, by, field: str = "sources") -> Source:
    return _find_or_make(Source, field, name, by)


def _citation(cited, by) -> Citation:
    source = source_of(cited, by=by)
    return Citation(source) if isinstance(cited, str) else Citation(source, cited.role, cited.url)


def _topic(name, by):
    return _find_or_make(Topic, "topics", name, by)


def _picture(field, id):
    picture = Picture.objects.filter(pk=id).first() if id else None
    if id and picture is None:
        raise Problem.of_field(field, _("There is no picture %(id)s.") % {"id": id})
    return picture


def _find_or_make(model, field, wanted, by):
    """Find what a slug names, or a name: its slug is the same. A new name makes a new row."""
    slug = wanted if isinstance(wanted, str) else wanted.slug
    name = None if isinstance(wanted, str) else wanted.name
    slug = slug or slugify(name, max_length=80)
    found = model.objects.filter(slug=slug).first()
    if found:
        return found
    if not name:
        raise Problem.of_field(field, _("There is no “%(name)s”.") % {"name": slug})
    row = model(name=name, slug=slug)
    if model is Source:
        row.kind = wanted.kind
    return _make(row, field, by)


def _make(row, field, by):
    if not row.slug:
        reason = _("The name needs at least one letter or digit.")
        raise Problem.of_field(field, reason)
    try:
        with transaction.atomic():
            return publishing.create_shared(row, by=by)
    except IntegrityError:
        return type(row).objects.get(slug=row.slug)  # made meanwhile by somebody else
