"""Versions as plain text, field by field, and their differences."""

import re
from typing import NamedTuple

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liveblog.models import Attribution, Picture, Story, Update, Version
from liveblog.publishing import StoryContent, UpdateContent
from liveblog.publishing.snapshots import snapshot_story, snapshot_update
from liveblog.richtext import to_plain_text
from liveblog.worddiff import Piece, word_diff

from .states import short

TEXTS = {"body", "introduction", "summary"}
MOMENTS = {"published_at", "scheduled_for"}
CHOICES = {"verification": Update.Verification, "role": Attribution.Role}
NAMED = {
    "sources": gettext_lazy("sources"),
    "bylines": gettext_lazy("bylines"),
    "pictures": gettext_lazy("pictures"),
    "topics": gettext_lazy("topics"),
}


class Difference(NamedTuple):
    """One field of a row in two versions, compared word by word."""

    label: str
    pieces: list[Piece]


def differences(old: Version, new: Version) -> list[Difference]:
    """Compare two versions of one row; return the fields that differ."""
    before, after = parts_of(old), parts_of(new)
    return [
        Difference(label, word_diff(before.get(label, ""), after.get(label, "")))
        for label in dict.fromkeys([*after, *before])
        if before.get(label, "") != after.get(label, "")
    ]


def story_differences(story: Story, attempted: StoryContent) -> list[Difference]:
    """Compare a saved story with the content that an editor tried to save."""
    contents = (StoryContent.of(story), attempted)
    saved, wanted = (Version(story=story, content=snapshot_story(story, each)) for each in contents)
    return differences(saved, wanted)


def update_differences(update: Update, attempted: UpdateContent) -> list[Difference]:
    """Compare a saved update with the content that an editor tried to save."""
    saved = snapshot_update(update, UpdateContent.of(update))
    wanted = snapshot_update(update, attempted)
    wanted["published_at"] = attempted.published_at or update.published_at
    versions = (
        Version(story=update.story, update_id_was=update.pk, content=each)
        for each in (saved, wanted)
    )
    return differences(*versions)


def parts_of(version: Version) -> dict[str, str]:
    """Return a version's fields as plain text, by label."""
    model = Update if version.update_id_was else Story
    zone = version.story.zone if version.story_id else None
    return {
        _label(model, name): _text(model, name, stored, zone)
        for name, stored in version.content.items()
    }


def _moment(stored):
    return parse_datetime(stored) if isinstance(stored, str) else stored


def _label(model, name):
    label = NAMED.get(name) or model._meta.get_field(name).verbose_name
    return str(label)


def _text(model, name, stored, zone):
    if name in MOMENTS:
        return short(_moment(stored), zone)
    if name in TEXTS:
        return readable(stored)
    if name == "status":
        return str(model.Status(stored).label)
    if name == "pictures":
        return "\n".join(_titles(stored))
    if isinstance(stored, bool):
        return _("yes") if stored else _("no")
    if isinstance(stored, list):
        return "\n".join(_named(each) for each in stored)
    return str(CHOICES[name](stored).label if name in CHOICES else stored or "")


def _titles(ids):
    found = {str(pk): str(picture) for pk, picture in Picture.objects.in_bulk(ids).items()}
    return [f"{found[each]} [{each[:8]}]" if each in found else each for each in ids]


def _named(stored):
    role = f" ({Attribution.Role(stored['role']).label})" if "role" in stored else ""
    return " ".join(filter(None, [f"{stored['name']}{role}", stored.get("url")]))


def readable(html: str) -> str:
    """Return clean HTML as plain text with link addresses and picture ids."""
    linked = re.sub(r'<a href="([^"]*)">(.*?)</a>', r"\2 [\1]", html, flags=re.DOTALL)
    return to_plain_text(re.sub(r'<img [^>]*data-picture="([^"]*)"[^>]*>', r"[\1]", linked))
