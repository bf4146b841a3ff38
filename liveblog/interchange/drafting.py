"""A document that was read → a draft story with draft updates, through publishing."""

import uuid

from django.db import transaction

from liveblog import publishing
from liveblog.models import Picture, Source, Story, Update
from liveblog.publishing import Citation, StoryContent, UpdateContent
from liveblog.richtext import from_plain_text
from liveblog.slugs import slugify

from .document import Document, PictureText, UpdateText
from .fixture import Plan
from .sources import Cited, name_credit


def draft_story(document: Document, plan: Plan, *, by) -> Story:
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
                language=plan.language,
                timezone=plan.timezone,
                times_assigned=plan.times_assigned,
            ),
            by=by,
        )
        told = zip(document.updates, plan.moments, strict=True)
        for update, moment in sorted(told, key=lambda each: each[1]):
            content = _content_of(update, moment, by)
            publishing.save_draft(Update(id=uuid.uuid4(), story=story), content, by=by)
    return story


def _content_of(update: UpdateText, moment, by) -> UpdateContent:
    return UpdateContent(
        headline=update.headline,
        body=from_plain_text(list(update.paragraphs)),
        sources=tuple(Citation(_find_source(each, by), each.role) for each in update.sources),
        published_at=moment,
    )


def _make_picture(picture: PictureText, by) -> Picture:
    credit = _find_source(name_credit(picture.credit), by)
    alt = picture.alt or picture.caption
    return publishing.create_shared(Picture(alt=alt, caption=picture.caption, credit=credit), by=by)


def _find_source(cited: Cited, by) -> Source:
    slug = slugify(cited.name, max_length=80) or "source"
    found = Source.objects.filter(slug=slug).first()
    new = Source(name=cited.name, slug=slug, kind=cited.kind)
    return found or publishing.create_shared(new, by=by)
