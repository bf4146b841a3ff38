"""Stories, updates and what belongs to them as the API's answers say them; loaded rows only."""

from datetime import UTC, datetime

from liveblog.models import Person, Picture, Source, Story, Topic, Update
from liveblog.rendering.addresses import absolute
from liveblog.rendering.articles import ARTICLE
from liveblog.richtext import to_plain_text


def moment(at: datetime | None) -> str | None:
    """Write a moment in UTC to the microsecond, as the change answer does."""
    return at and at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def source_data(source: Source) -> dict:
    return {
        "slug": source.slug,
        "name": source.name,
        "credit": source.credit,
        "kind": source.kind,
        "link": source.url,
    }


def topic_data(topic: Topic) -> dict:
    return {"slug": topic.slug, "name": topic.name}


def person_data(person: Person) -> dict:
    return {"slug": person.slug, "name": person.name}


def picture_data(picture: Picture) -> dict:
    return {
        "id": str(picture.pk),
        "url": absolute(picture.file.url) if picture.file else None,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt,
        "is_decorative": picture.is_decorative,
        "caption": picture.caption,
        "credit": picture.credit.credit if picture.credit else None,
    }


def story_data(story: Story) -> dict:
    """Say a story's own parts; its bylines and topics are read where they are not loaded."""
    return {
        "slug": story.slug,
        "url": absolute(story.get_absolute_url()),
        "status": story.status,
        "version": story.version,
        "cursor": story.cursor,
        "headline": story.headline,
        "kicker": story.kicker,
        "standfirst": story.standfirst,
        "introduction": story.introduction,
        "summary": story.summary,
        "language": story.language,
        "timezone": story.timezone,
        "times_assigned": story.times_assigned,
        "search_title": story.search_title,
        "share_text": story.share_text,
        "editors_note": story.editors_note,
        "lead_picture": story.lead_picture_id and str(story.lead_picture_id),
        "share_picture": story.share_picture_id and str(story.share_picture_id),
        "bylines": [person_data(each.person) for each in story.bylines.all()],
        "topics": [topic_data(each) for each in story.topics.all()],
        "update_count": story.update_count,
        "created_at": moment(story.created_at),
        "opened_at": moment(story.opened_at),
        "ended_at": moment(story.ended_at),
        "withdrawn_at": moment(story.withdrawn_at),
        "last_updated_at": moment(story.last_updated_at),
    }


def update_data(update: Update) -> dict:
    """Say an update that came `with_parts`; its `body` is what `PUT` takes."""
    return {
        "id": str(update.pk),
        "story": update.story.slug,
        "url": absolute(update.get_absolute_url()) if update.is_published else None,
        "status": update.status,
        "version": update.version,
        "number": update.number,
        "revision": update.revision,
        "headline": update.headline,
        "body": update.body,
        "plain_text": to_plain_text(update.body),
        "verification": update.verification,
        "is_key_event": update.is_key_event,
        "is_pinned": update.is_pinned,
        "last_kind": update.kind,
        "sources": [
            {**source_data(each.source), "role": each.role, "url": each.url}
            for each in update.attributions.all()
        ],
        "bylines": [person_data(each.person) for each in update.bylines.all()],
        "pictures": [picture_data(each.picture) for each in update.pictures.all()],
        "corrections": [
            {"kind": each.kind, "note": each.note, "at": moment(each.corrected_at)}
            for each in update.corrections.all()
        ],
        "published_at": moment(update.published_at),
        "scheduled_for": moment(update.scheduled_for),
        "edited_at": moment(update.edited_at),
        "retracted_at": moment(update.retracted_at),
        "retraction_note": update.retraction_note,
        "sent_back_note": update.sent_back_note,
    }


def change_data(update: Update) -> dict:
    """Say what became of an update that readers have seen: what it is now, or that it is gone."""
    if not update.is_published:
        return {"type": "removal", "id": str(update.pk), "revision": update.revision}
    return {"type": "update", **update_data(update), "html": ARTICLE.of_loaded(update).html}
