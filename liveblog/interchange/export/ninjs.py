"""A story as one ninjs 3.1 item (IPTC), its updates as associated items, oldest first."""

import json
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from liveblog.models import Picture, Story, Update
from liveblog.rendering import title_of
from liveblog.rendering.addresses import absolute
from liveblog.rendering.moment import Moment
from liveblog.rendering.update import update_address
from liveblog.richtext import to_plain_text

from .bodies import address_of, body_with_pictures
from .reading import public_updates, read_story

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}


def write(story: Story) -> Iterator[str]:
    story = read_story(story).story
    yield json.dumps(_story(story), ensure_ascii=False)[:-1] + ',"associations":['
    parts = [_picture(story.lead_picture, "lead")] if story.lead_picture else []
    for number, part in enumerate([*parts, *map(_update, public_updates(story))]):
        yield (",\n" if number else "\n") + json.dumps(part, ensure_ascii=False)
    yield "\n]}\n"


def _story(story):
    item = {
        "uri": absolute(story.get_absolute_url()),
        "type": "composite",
        "profile": "liveblog",
        "firstCreated": _moment(story.opened_at, story),
        "versionCreated": _moment(story.last_updated_at or story.opened_at, story),
        "pubStatus": "usable",
        "language": story.language,
        "title": story.headline,
        "headlines": [{"role": "main", "value": story.headline}],
        "descriptions": _texts("text/plain", standfirst=story.standfirst),
        "bodies": _texts("text/html", introduction=story.introduction, summary=story.summary),
        "by": _names(story),
        "subjects": [{"name": each.name, "rel": "about"} for each in story.topics.all()],
        "copyrightHolder": settings.PUBLISHER_NAME,
        "altIds": [{"role": "slug", "value": story.slug}],
        "standard": STANDARD,
    }
    return _without_empty(item)


def _update(update: Update):
    story = update.story
    cited = update.attributions.all()
    item = {
        "name": str(update.pk),
        "rel": "keyEvent" if update.is_key_event else "update",
        "uri": absolute(update_address(update)),
        "type": "text",
        "firstCreated": _moment(update.published_at, story),
        "versionCreated": _moment(update.edited_at or update.published_at, story),
        "pubStatus": "usable",
        "headlines": [{"role": "main", "value": title_of(update)}],
        "bodies": [
            *_texts("text/html", html=body_with_pictures(update)),
            *_texts("text/plain", text=to_plain_text(update.body)),
        ],
        "by": _names(update),
        "infoSources": [{"name": each.source.name} for each in cited],
        "associations": [_picture(each.picture, "picture") for each in update.pictures.all()],
    }
    return _without_empty(item)


def _picture(picture: Picture, rel):
    address = address_of(picture)
    return _without_empty(
        {
            "name": str(picture.pk),
            "rel": rel,
            "uri": address or f"urn:uuid:{uuid5(NAMESPACE_URL, str(picture.pk))}",
            "type": "picture",
            "descriptions": [
                *_texts("text/plain", caption=picture.caption),
                *_texts("text/plain", alt=picture.alt),
            ],
            "copyrightHolder": picture.credit.credit if picture.credit else "",
            "renditions": [{"name": "main", "href": address}] if address else [],
        }
    )


def _texts(content_type, **texts):
    return [
        {"role": role, "contentType": content_type, "value": str(value)}
        for role, value in texts.items()
        if value
    ]


def _names(signed):
    return ", ".join(each.person.name for each in signed.bylines.all())


def _moment(at, story):
    return Moment(at, story.zone).iso if at else ""


def _without_empty(item):
    return {name: value for name, value in item.items() if value not in ("", [], None)}
