"""Feeds: what a story's or the site's updates are to a feed reader, before any format."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext

from liveblog.addresses import address_of
from liveblog.models import Person, Story, Update

from .addresses import absolute
from .article_cache import Form, Load, Row
from .pictures import plain_figure_html, with_pictures
from .social_cards import (
    description_of,
    first_image,
    modified_at,
    pictures_of_story,
    pictures_of_update,
    summary_of,
)
from .templates import direction_of, in_language_of, render, speaking
from .update import context_of, title_of, update_address

NAMES = uuid.UUID("3f0a5a4e-6c1b-5d0e-9a53-0c9d5d7c2b11")  # of the ids below; never to change
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_TAG = re.compile(r"<[a-z][^<>]*>")
_OWN_ADDRESS = re.compile(r'(?<= )(href|src)="(/[^"]*)"')
# What XML 1.0 can't hold (section 2.2), in any escaping.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Author:
    name: str
    url: str


@dataclass(frozen=True)
class Entry:
    """An update as a feed reader shows it; `id` outlives every change of address."""

    id: str
    title: str
    url: str
    html: str
    summary: str
    language: str
    published: datetime
    updated: datetime
    authors: list[Author]
    categories: list[str]
    image: str
    via: list[tuple[str, str]]  # address and credit of the reports that it rests on


@dataclass(frozen=True)
class Removal:
    """An entry that was taken down: nothing but its id and when."""

    id: str
    at: datetime


@dataclass(frozen=True)
class Feed:
    """Entries newest first, beside what a reader shows above them."""

    id: str
    title: str
    description: str
    language: str
    url: str
    authors: list[Author]
    categories: list[str] = field(default_factory=list)
    image: str = ""
    changed: datetime = NEVER
    entries: list[Entry] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)

    @property
    def updated(self) -> datetime:
        moments = [entry.updated for entry in self.entries]
        moments += [removal.at for removal in self.removals]
        return max([self.changed, *moments])


def story_feed(story: Story, rows: Sequence[Row], removed: Iterable[Update], *, load: Load) -> Feed:
    """Make the feed of a story with its own parts loaded; the entries not held are loaded."""
    image = first_image(pictures_of_story(story))
    return Feed(
        id=story.uid.urn,
        title=legal(story.headline),
        description=legal(description_of(story)),
        language=story.language,
        url=absolute(story.get_absolute_url()),
        authors=_people(story) or [_publisher()],
        categories=[legal(topic.name) for topic in story.topics.all()],
        image=image["url"] if image else "",
        changed=story.last_updated_at or story.opened_at,
        entries=ENTRY.of_rows(story, rows, load),
        removals=[_removal(update) for update in removed],
    )


def site_feed(pairs: Sequence[tuple[Story, Row]], removed: Iterable[Update], *, load: Load) -> Feed:
    """Make the feed of all stories from rows with their stories; each entry names its own."""
    with speaking(settings.LANGUAGE_CODE):
        names = {"publisher": settings.PUBLISHER_NAME}
        description = gettext("Live coverage by %(publisher)s") % names
    return Feed(
        id=uuid.uuid5(NAMES, f"site {settings.PUBLISHER_NAME}").urn,
        title=legal(settings.SITE_NAME),
        description=legal(description),
        language=settings.LANGUAGE_CODE,
        url=absolute(address_of("front")),
        authors=[_publisher()],
        entries=[
            replace(entry, categories=[legal(story.headline)])
            for story, entry in ENTRY.of_pairs(pairs, load)
        ],
        removals=[_removal(update) for update in removed],
    )


def legal(text: str) -> str:
    """Leave out the control characters that no XML can hold."""
    return _ILLEGAL.sub("", text)


@in_language_of(lambda update: update.story)
def entry_html(update: Update) -> str:
    """Render an update for a page of another site: no address in it is relative."""
    language = update.story.language
    pictures = pictures_of_update(update)
    html = render(
        "_feed_entry.html",
        **context_of(update)
        | {
            "body": with_pictures(update.body_html, pictures, draw=plain_figure_html),
            "language": language,
            "direction": direction_of(language),
        },
    )
    return _TAG.sub(lambda tag: _OWN_ADDRESS.sub(_make_absolute, tag[0]), html)


def _make_absolute(attribute):
    name, path = attribute.groups()
    return f'{name}="{absolute(path)}"'


def entry_of(update: Update) -> Entry:
    """Make the entry of an update loaded `with_parts`."""
    image = first_image(pictures_of_update(update))
    return Entry(
        id=update.pk.urn,
        title=legal(title_of(update)),
        url=absolute(update_address(update)),
        html=legal(entry_html(update)),
        summary=legal(summary_of(update)),
        language=update.story.language,
        published=update.published_at,
        updated=modified_at(update),
        authors=_people(update),
        categories=[],
        image=image["url"] if image else "",
        via=_reports(update),
    )


ENTRY = Form("entry", entry_of)


def _reports(update):
    cited = update.attributions.all()
    return [(each.url, legal(each.source.credit)) for each in cited if each.url]


def _removal(update):
    return Removal(update.pk.urn, update.removed_at)


def _people(signed: Story | Update):
    return [_author(each.person) for each in signed.bylines.all()]


def _author(person: Person):
    return Author(legal(person.name), absolute(person.get_absolute_url()))


def _publisher():
    return Author(legal(settings.PUBLISHER_NAME), absolute(address_of("front")))
