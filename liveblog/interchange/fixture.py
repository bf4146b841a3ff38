"""A document and its schedule → the rows of a fixture.

Rows are plain data with natural keys, in the order in which they depend on each
other, updates from old to new. Numbers, revisions and epoch are not the document's
to say: whoever loads the rows stamps them.
"""

import json
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from liveblog.richtext import clean, from_plain_text, picture_source
from liveblog.slugs import slugify

from .document import Document, Picture, Schedule, Source, Update, credited, find_citations
from .document.picture_list import ListedPicture

_MOST_IN_SLUG = 80

# Changing this changes the id of every update ever built from a document.
_NAMESPACE = uuid.UUID("8c6f3bd2-1c5e-5d0f-9a55-6f1c6c8f2a17")


def rows(
    document: Document,
    schedule: Schedule,
    *,
    slug: str,
    language: str,
    timezone: str,
    listed_pictures: Sequence[ListedPicture] = (),
) -> list[dict]:
    """Return what `loaddata` reads; the same input gives the same rows."""
    return _Rows(document, schedule, slug).all(
        {"language": language, "timezone": timezone}, listed_pictures
    )


def to_json(fixture: list[dict]) -> str:
    return json.dumps(fixture, ensure_ascii=False, indent=2) + "\n"


class _Rows:
    def __init__(self, document: Document, schedule: Schedule, slug: str):
        self.document, self.schedule, self.slug = document, schedule, slug
        self.sources: dict[str, Source] = {}
        self.people: dict[str, str] = {}
        self.pictures: list[dict] = []
        self.same: Counter[tuple[str, str]] = Counter()

    def all(self, place: dict, listed_pictures) -> list[dict]:
        lead = [self._document_picture(picture) for picture in self.document.pictures]
        further = {picture.role: self._listed_picture(picture) for picture in listed_pictures}
        topics = {_slug(name): name for name in self.document.topics if _slug(name)}
        story = self._story(place, lead=lead[:1], further=further, topics=topics)
        written = self._bylines("storybyline", self.document.bylines, story=[self.slug])
        updates, related = self._updates()
        sources = [
            _row("source", name=source.name, slug=slug, kind=source.kind)
            for slug, source in self.sources.items()
        ]
        named = [_named("topic", each) for each in topics.items()]
        named += [_named("person", each) for each in self.people.items()]
        return [*sources, *named, *self.pictures, story, *written, *updates, *related]

    def _story(self, place, *, lead, further, topics):
        document, schedule = self.document, self.schedule
        introduction = from_plain_text(list(document.introduction))
        if picture := further.get("introduction"):
            image = f'<img alt="" data-picture="{picture}" src="{picture_source(picture)}">'
            introduction = clean(f"{introduction}<p>{image}</p>")
        share = further.get("share")
        named = {"topics": [[slug] for slug in topics]} if topics else {}
        return _row(
            "story",
            slug=self.slug,
            status="live",
            kicker=document.kicker,
            headline=document.headline,
            standfirst=document.standfirst,
            introduction=str(introduction),
            lead_picture=lead or None,
            share_picture=[share] if share else None,
            **named,
            **place,
            times_assigned=schedule.times_assigned,
            created_at=_moment(schedule.opened_at),
            opened_at=_moment(schedule.opened_at),
            last_updated_at=_moment(schedule.last_updated_at),
        )

    def _updates(self):
        """Return the rows of the updates, and those that belong to them."""
        updates, written, shown, attributions = [], [], [], []
        cited = [self._cited(update) for update in self.document.updates]
        for update, moment, keys in sorted(
            zip(self.document.updates, self.schedule.moments, cited, strict=True),
            key=lambda at: at[1],
        ):
            row = self._update(update, moment)
            updates.append(row)
            written += self._bylines("updatebyline", update.bylines, update=[row["pk"]])
            attributions += _attributions(keys, row["pk"])
            shown += self._shown(update, row["pk"])
        return updates, [*written, *shown, *attributions]

    def _bylines(self, model, names, **of):
        """Return the rows of a byline; the first spelling of a name is kept."""
        slugs = list(dict.fromkeys(filter(None, map(_slug, names))))
        for name in names:
            self.people.setdefault(_slug(name), name)
        self.people.pop("", None)
        return [
            _row(model, **of, person=[slug], position=position)
            for position, slug in enumerate(slugs)
        ]

    def _update(self, update: Update, moment):
        return _row(
            "update",
            self._id("update", update.headline),
            story=[self.slug],
            status="published",
            headline=update.headline,
            body=str(from_plain_text(list(update.paragraphs))),
            published_at=_moment(moment),
            created_at=_moment(moment),
        )

    def _cited(self, update: Update) -> list[tuple[list[str], str]]:
        found = find_citations(update.paragraphs)
        return [(self._key(citation.source), citation.role) for citation in found]

    def _shown(self, update, id):
        return [
            _row(
                "updatepicture",
                update=[id],
                picture=[self._document_picture(picture)],
                position=position,
            )
            for position, picture in enumerate(update.pictures)
        ]

    def _document_picture(self, picture: Picture) -> str:
        fields = {"alt": picture.alt, "caption": picture.caption}
        credit = credited(picture.credit) if picture.credit else None
        return self._picture(picture.caption, credit, fields)

    def _listed_picture(self, picture: ListedPicture) -> str:
        name = picture.file.rpartition("/")[2]
        credit = Source(picture.credit, picture.credit_kind) if picture.credit else None
        fields = {
            "file": f"pictures/{name}",
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
            "caption": picture.caption,
        }
        return self._picture(name, credit, fields)

    def _picture(self, known_by: str, credit: Source | None, fields: dict) -> str:
        row = _row(
            "picture",
            self._id("picture", known_by),
            **fields,
            credit=self._key(credit) if credit else None,
            created_at=_moment(self.schedule.opened_at),
        )
        self.pictures.append(row)
        return row["pk"]

    def _key(self, source: Source) -> list[str]:
        """Return the natural key; the first spelling of a name is kept."""
        self.sources.setdefault(source.slug, source)
        return [source.slug]

    def _id(self, what: str, name: str) -> str:
        """Name the first row of this name, the second, … so that others may come between."""
        self.same[what, name] += 1
        words = (self.slug, what, name, str(self.same[what, name]))
        return str(uuid.uuid5(_NAMESPACE, "\n".join(words)))


def _row(model: str, pk: str | None = None, **fields) -> dict:
    key = {"pk": pk} if pk else {}
    return {"model": f"liveblog.{model}", **key, "fields": fields}


def _slug(name: str) -> str:
    return slugify(name, max_length=_MOST_IN_SLUG)


def _named(model: str, named: tuple[str, str]) -> dict:
    slug, name = named
    return _row(model, name=name, slug=slug)


def _attributions(cited, id):
    return [
        _row("attribution", update=[id], source=key, role=role, position=position)
        for position, (key, role) in enumerate(cited)
    ]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
