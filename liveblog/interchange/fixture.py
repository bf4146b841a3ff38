"""A document's text → the rows of a fixture: what `loaddata` imports; no Django."""

import json
import tomllib
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from liveblog.richtext import from_plain_text
from liveblog.slugs import slugify

from .document import Document
from .sources import Cited, name_credit

NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562's, for addresses


@dataclass(frozen=True)
class Plan:
    """What a fixture needs beside the document's own words; `moments` as the updates stand."""

    slug: str
    timezone: str
    language: str
    moments: list[datetime]
    opened_at: datetime
    times_assigned: bool


@dataclass(frozen=True)
class Companion:
    """A picture that travels beside the document, with its words; `role` is share."""

    file: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    kind: str = "outlet"


def read_companions(document: Path) -> list[Companion]:
    """Read `<document>.pictures.toml` where one lies beside the document."""
    path = document.with_suffix(".pictures.toml")
    if not path.is_file():
        return []
    return [Companion(**each) for each in tomllib.loads(path.read_text("utf-8"))["pictures"]]


def make_id(*parts: object) -> str:
    """Make the same id of the same words each time (UUID version 5, RFC 9562, 5.5)."""
    return str(uuid.uuid5(NAMESPACE, "\n".join(map(str, parts))))


def write_fixture(document: Document, plan: Plan, companions: list[Companion]) -> str:
    """Return the fixture as JSON text, the same for the same document and plan."""
    rows = _Rows(document, plan, companions).all()
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


@dataclass
class _Rows:
    document: Document
    plan: Plan
    companions: list[Companion]
    sources: dict[str, dict] = field(default_factory=dict)

    def all(self) -> list[dict]:
        pictures = self._pictures()
        story = self._story([each["pk"] for each in pictures])
        updates, attributions = self._updates()
        return [*self.sources.values(), *pictures, story, *updates, *attributions]

    def _source(self, cited: Cited) -> list[str]:
        slug = slugify(cited.name, max_length=80) or "source"
        row = {"name": cited.name, "slug": slug, "kind": cited.kind}
        self.sources.setdefault(slug, {"model": "liveblog.source", "fields": row})
        return [slug]

    def _pictures(self):
        own = [
            self._picture(
                "picture",
                number,
                alt=picture.alt or picture.caption,
                caption=picture.caption,
                credit=self._source(name_credit(picture.credit)),
            )
            for number, picture in enumerate(self.document.pictures)
        ]
        beside = [
            self._picture(
                each.file,
                0,
                file=f"pictures/{each.file}",
                width=each.width,
                height=each.height,
                alt=each.alt,
                caption=each.caption,
                credit=self._source(Cited(each.credit, each.kind)),
            )
            for each in self.companions
        ]
        return own + beside

    def _picture(self, name, number, **fields):
        fields["created_at"] = _moment(self.plan.opened_at)
        pk = make_id(self.plan.slug, name, number)
        return {"model": "liveblog.picture", "pk": pk, "fields": fields}

    def _story(self, picture_ids):
        document, plan = self.document, self.plan
        lead = picture_ids[0] if document.pictures else None
        share = next((each for each in picture_ids if each != lead), None)
        if self.companions:
            share = picture_ids[len(document.pictures)]
        fields = {
            "slug": plan.slug,
            "status": "live",
            "kicker": document.kicker,
            "headline": document.headline,
            "standfirst": document.standfirst,
            "introduction": str(from_plain_text(list(document.introduction))),
            "lead_picture": lead and [lead],
            "share_picture": share and [share],
            "topics": [],
            "language": plan.language,
            "timezone": plan.timezone,
            "times_assigned": plan.times_assigned,
            "created_at": _moment(plan.opened_at),
            "opened_at": _moment(plan.opened_at),
            "last_updated_at": _moment(max([plan.opened_at, *plan.moments])),
        }
        return {"model": "liveblog.story", "fields": fields}

    def _updates(self):
        updates, attributions = [], []
        told = list(zip(self.document.updates, self.plan.moments, strict=True))
        for number, (update, moment) in enumerate(told):
            pk = make_id(self.plan.slug, update.headline, number)
            fields = {
                "story": [self.plan.slug],
                "status": "published",
                "headline": update.headline,
                "body": str(from_plain_text(list(update.paragraphs))),
                "published_at": _moment(moment),
                "created_at": _moment(moment),
            }
            updates.append({"model": "liveblog.update", "pk": pk, "fields": fields})
            attributions += self._attributions(pk, update.sources)
        return updates, attributions

    def _attributions(self, update_id, sources):
        rows = []
        for place, cited in enumerate(sources):
            fields = {"update": [update_id], "source": self._source(cited), "role": cited.role}
            rows.append({"model": "liveblog.attribution", "fields": {**fields, "position": place}})
        return rows


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
