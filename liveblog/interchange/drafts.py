"""A document that was read → a draft story with draft updates, through publishing."""

import uuid

from django.db import transaction

from liveblog import publishing
from liveblog.models import Picture, Source, Story, Update
from liveblog.publishing import Citation, StoryContent, UpdateContent
from liveblog.richtext import from_plain_text

from .document import attributions, captions, parser
from .document.timing import Schedule


def draft_story(
    document: parser.Document, schedule: Schedule, *, language: str, timezone: str, by
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
            ),
            by=by,
        )
        told = zip(document.updates, schedule.moments, strict=True)
        for update, moment in sorted(told, key=lambda each: each[1]):
            content = _content_of(update, moment, by)
            publishing.save_draft(Update(id=uuid.uuid4(), story=story), content, by=by)
    return story


def _content_of(update: parser.Update, moment, by) -> UpdateContent:
    cited = attributions.find_citations(update.paragraphs)
    return UpdateContent(
        headline=update.headline,
        body=from_plain_text(list(update.paragraphs)),
        sources=tuple(Citation(_find_source(each.source, by), each.role) for each in cited),
        pictures=tuple(_make_picture(each, by).pk for each in update.pictures),
        published_at=moment,
    )


def _make_picture(picture: captions.Picture, by) -> Picture:
    credit = _find_source(attributions.credited(picture.credit), by)
    alt = picture.alt or picture.caption
    return publishing.create_shared(Picture(alt=alt, caption=picture.caption, credit=credit), by=by)


def _find_source(said: attributions.Source, by) -> Source:
    found = Source.objects.filter(slug=said.slug).first()
    new = Source(name=said.name, slug=said.slug, kind=said.kind)
    return found or publishing.create_shared(new, by=by)
