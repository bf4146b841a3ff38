"""A document that was read → a draft story with draft updates, through publishing."""

import uuid

from django.db import transaction

from liveblog import publishing
from liveblog.models import Person, Picture, Source, Story, Topic, Update
from liveblog.publishing import Citation, StoryContent, UpdateContent
from liveblog.richtext import from_plain_text
from liveblog.slugs import slugify

from . import document as documents
from .document import Document, Schedule, credited, find_citations

_MOST_IN_SLUG = 80


def draft_story(
    document: Document, schedule: Schedule, *, language: str, timezone: str, by
) -> Story:
    """Make the drafts, all or none, the oldest update first."""
    with transaction.atomic():
        pictures = [_make_picture(each, by) for each in document.pictures]
        story = publishing.create_story(
            StoryContent(
                headline=document.headline,
                kicker=document.kicker,
                standfirst=document.standfirst,
                introduction=from_plain_text(list(document.introduction)),
                lead_picture=pictures[0] if pictures else None,
                share_picture=pictures[1] if pictures[1:] else None,
                language=language,
                timezone=timezone,
                times_assigned=schedule.times_assigned,
                bylines=_named(Person, document.bylines, by),
                topics=frozenset(_named(Topic, document.topics, by)),
            ),
            by=by,
        )
        dated = zip(document.updates, schedule.moments, strict=True)
        for update, moment in sorted(dated, key=lambda each: each[1]):
            content = _content_of(update, moment, by)
            publishing.save_draft(Update(id=uuid.uuid4(), story=story), content, by=by)
    return story


def _content_of(update: documents.Update, moment, by) -> UpdateContent:
    cited = find_citations(update.paragraphs)
    return UpdateContent(
        headline=update.headline,
        body=from_plain_text(list(update.paragraphs)),
        sources=tuple(Citation(_find_source(each.source, by), each.role) for each in cited),
        bylines=_named(Person, update.bylines, by),
        pictures=tuple(_make_picture(each, by).pk for each in update.pictures),
        published_at=moment,
    )


def _make_picture(picture: documents.Picture, by) -> Picture:
    credit = _find_source(credited(picture.credit), by) if picture.credit else None
    alt = picture.alt or picture.caption
    return publishing.create_shared(Picture(alt=alt, caption=picture.caption, credit=credit), by=by)


def _find_source(said: documents.Source, by) -> Source | None:
    """Return the source of this name, made if it is new; None where the name makes no address."""
    found = Source.objects.filter(slug=said.slug).first()
    if found or not said.slug:
        return found
    return publishing.create_shared(Source(name=said.name, slug=said.slug, kind=said.kind), by=by)


def _named(model: type[Person] | type[Topic], names: tuple[str, ...], by) -> tuple:
    """Return the rows of these names, made where they are new."""
    slugs = {slugify(name, max_length=_MOST_IN_SLUG): name for name in names}
    slugs.pop("", None)
    found = {row.slug: row for row in model.objects.filter(slug__in=slugs)}
    for slug, name in slugs.items():
        if slug not in found:
            found[slug] = publishing.create_shared(model(name=name, slug=slug), by=by)
    return tuple(found[slug] for slug in slugs)
