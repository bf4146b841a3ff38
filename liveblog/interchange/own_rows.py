"""Rows of our own export → contents, columns, history, corrections and files, all checked."""

from functools import partial
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from liveblog.interchange.messages import gettext_noop as _
from liveblog.models import Correction, Person, Picture, Source, Story, Topic, Update, Version
from liveblog.models.picture import is_picture_name
from liveblog.publishing import (
    Citation,
    ImportedUpdate,
    PastVersion,
    SharedRows,
    StoryContent,
    UpdateContent,
)

from .archive import one_line
from .formats.files import as_dict, as_list, as_text
from .own_values import Unfit, image_of, is_slug, is_text, storable, uuid_of, values_of

SEEN = {Update.Status.PUBLISHED, Update.Status.RETRACTED}
TEXTS = ("headline", "body", "standfirst", "introduction", "summary")
CONTENT = ("headline", "body", "verification", "is_key_event")
STORY_STATE = (
    "uid",
    *("status", "opened_at", "ended_at", "withdrawn_at", "last_updated_at", "created_at"),
    *("revision", "changed_revision", "reload_revision", "version"),
    *("summary_revision", "summary_checked_at", "silence_alarm"),
)
DRAFT_STATE = ("version", "created_at", "silence_alarm")  # of a story that was never opened
UPDATE_STATE = (
    *("status", "published_at", "edited_at", "retracted_at", "retraction_note", "scheduled_for"),
    *("kind", "is_pinned", "number", "revision", "version", "created_at"),
    *("sent_back_at", "sent_back_note"),
)
VERSION = ("version", "revision", "verb", "note", "at")


class OwnRows:
    """Reads the rows of one export; things shared by stories are made on the way."""

    def __init__(self, original: dict, shared: SharedRows, *, names_people: bool):
        self.story = as_dict(original.get("story"))
        self.gone = as_list(original.get("deleted"))
        self.shared = shared
        pictures = map(as_dict, as_list(original.get("pictures")))
        self.pictures = {uuid_of(each.get("id")): each for each in pictures}
        self.pictures.pop(None, None)
        self.has_pin = False
        users = get_user_model().objects.values_list("username", "pk")
        self.people = dict(users) if names_people else {}

    # -- the story

    def content(self, *, slug: str) -> StoryContent:
        """Read the story's own parts; raises `Unfit`."""
        names = [*StoryContent.row_fields()]
        pictures = {"lead_picture", "share_picture"}
        values = values_of(Story, self.story, [name for name in names if name not in pictures])
        return StoryContent(
            **values,
            **{name: self._picture(self.story.get(name)) for name in pictures},
            slug=slug,
            bylines=self._things(Person, self.story.get("bylines")),
            topics=frozenset(self._things(Topic, self.story.get("topics"))),
        )

    def uid(self) -> UUID | None:
        return uuid_of(self.story.get("uid"))

    def state(self) -> dict:
        """Read the story's state and counters."""
        values = values_of(Story, self.story, STORY_STATE)
        revision = values["revision"]
        values["version"] = max(values["version"], 1)
        was_opened = values["status"] != Story.Status.DRAFT
        if not was_opened and not revision:
            return {name: values[name] for name in DRAFT_STATE}
        if revision < 1 or values["opened_at"] is None:
            raise Unfit(_("its story was opened, and has no moment or revision of that"))
        for name in ("changed_revision", "reload_revision"):
            values[name] = min(values[name], revision)
        if Story.objects.filter(uid=values["uid"]).exists():
            del values["uid"]
        return values

    def corrections(self) -> list[Correction]:
        return self._corrections(self.story.get("corrections"))

    def history(self) -> list[PastVersion]:
        return self._history(self.story)

    def deleted(self) -> dict[UUID, list[PastVersion]]:
        """Read the history of drafts that were deleted, by their ids."""
        found = ((uuid_of(row.get("id")), row) for row in map(as_dict, self.gone))
        return {id: self._history(row) for id, row in found if id}

    def old_addresses(self) -> list[str]:
        slugs = map(as_text, as_list(self.story.get("old_addresses")))
        return [each for each in slugs if is_slug(each)]

    # -- its updates

    def update(self, row: dict) -> ImportedUpdate:
        """Read an update; raises `Unfit`."""
        try:
            columns = self._columns(row)
            content = UpdateContent(
                **values_of(Update, row, CONTENT),
                sources=self._citations(row.get("sources")),
                bylines=self._things(Person, row.get("bylines")),
                pictures=tuple(self._known_pictures(row.get("pictures"))),
            )
            corrections = self._corrections(row.get("corrections"))
            history = self._history(row)
        except ValidationError as error:
            raise Unfit("; ".join(error.messages)) from error
        return ImportedUpdate(UUID(row["id"]), content, columns, history, corrections)

    def _columns(self, row):
        columns = values_of(Update, row, UPDATE_STATE)
        status, now = columns["status"], timezone.now()
        number, revision = columns["number"], columns["revision"]
        if (number is None) != (revision is None) or (
            number is not None and not 1 <= number <= revision
        ):
            raise Unfit(_("its number and revision do not fit"))
        if status in SEEN and (number is None or columns["published_at"] is None):
            raise Unfit(_("it was published, and has no number or moment of that"))
        if columns["published_at"] and columns["published_at"] > now:
            raise Unfit(_("its moment lies in the future"))
        if status == Update.Status.RETRACTED:
            columns["retracted_at"] = columns["retracted_at"] or now
        if status == Update.Status.SCHEDULED and (columns["scheduled_for"] or now) <= now:
            columns |= {"status": Update.Status.DRAFT, "scheduled_for": None}
        is_pinned = columns["is_pinned"] and status == Update.Status.PUBLISHED
        columns["is_pinned"], self.has_pin = (
            is_pinned and not self.has_pin,
            self.has_pin or is_pinned,
        )
        columns["version"] = max(columns["version"], 1)
        for name in ("created_by", "sent_back_by"):
            columns[f"{name}_id"] = self.people.get(as_text(row.get(name)))
        return columns

    def _citations(self, rows):
        cited = []
        for row in map(as_dict, as_list(rows)):
            source = self._thing(Source, row.get("source"))
            role = as_text(row.get("role")) or "reported_by"
            if source and role in {"reported_by", "quoted", "photo"}:
                url = as_text(row.get("url"))[:1000]
                cited.append(Citation(source, role, url if is_text(url) else ""))
        return tuple(cited)

    def _corrections(self, rows):
        names = ("id", "kind", "note", "corrected_at")
        found = [values_of(Correction, as_dict(row), names) for row in as_list(rows)]
        if not all(each["id"] and each["corrected_at"] and each["note"] for each in found):
            raise Unfit(_("a correction has no id, note or moment"))
        known = Correction.objects.filter(pk__in=[each["id"] for each in found])
        taken = set(known.values_list("pk", flat=True)) if found else set()
        return [Correction(**each) for each in found if each["id"] not in taken]

    def _history(self, owner):
        """Read a row's versions; words that a version does not tell are the row's own."""
        data = {name: owner[name] for name in TEXTS if name in owner}
        return [self._version(data, as_dict(each)) for each in as_list(owner.get("history"))]

    def _version(self, data, row):
        columns = values_of(Version, row, VERSION)
        content = {**data, **as_dict(row.get("content"))}
        for name, model in (("sources", Source), ("bylines", Person), ("topics", Topic)):
            if name in content:
                found = map(partial(self._named, model), as_list(content[name]))
                content[name] = list(filter(None, found))
        columns |= {"content": storable(content), "by_id": self.people.get(as_text(row.get("by")))}
        return PastVersion(None, columns["at"] or timezone.now(), columns)

    def _named(self, model, data):
        """Give a thing of a version the id that it has here."""
        data = as_dict(data)
        row = self._thing(model, data) if as_text(data.get("slug")) else None
        values = {name: value for name, value in data.items() if name != "slug"}
        return {**values, "id": row.pk, "name": row.name} if row else None

    # -- what stories share

    def _things(self, model, rows):
        found = (self._thing(model, each) for each in as_list(rows))
        return tuple(each for each in found if each)

    def _thing(self, model: type[Model], data) -> Model | None:
        data = as_dict(data)
        name, slug = one_line(as_text(data.get("name")), 200), as_text(data.get("slug"))
        if not name:
            return None
        names = [each.name for each in model._meta.concrete_fields if each.name in data]
        columns = values_of(model, data, [each for each in names if each not in {"name", "slug"}])
        return self.shared.find(model, name, slug=slug, **columns)

    def _picture(self, id):
        return Picture.objects.filter(pk=uuid_of(id)).first() if uuid_of(id) else None

    def _known_pictures(self, ids):
        return [id for id in map(uuid_of, as_list(ids)) if id in self.pictures]

    def picture_rows(self) -> list[Picture]:
        """Read the pictures' rows, which name their files; raises `Unfit`."""
        rows = []
        for id, data in self.pictures.items():
            names = ("alt", "is_decorative", "caption", "created_at")
            credit = self._thing(Source, data.get("credit"))
            rows.append(Picture(id=id, credit=credit, **values_of(Picture, data, names)))
        return rows

    def files(self, id: UUID) -> tuple[dict, dict[str, bytes]]:
        """Return the columns of a picture that name files, and the files that came along."""
        data = self.pictures[id]
        renditions = list(filter(_is_rendition, as_list(data.get("renditions"))))
        columns = values_of(Picture, data, ("file", "width", "height"))
        names = {columns["file"], *(each["name"] for each in renditions)}
        given = as_dict(data.get("files"))
        files = {name: image_of(given[name]) for name in names & given.keys()}
        found = {name: content for name, content in files.items() if content}
        return {**columns, "renditions": renditions}, found


def _is_rendition(data):
    data = as_dict(data)
    numbers = data.get("width"), data.get("height")
    return (
        is_picture_name.regex.match(as_text(data.get("name"))) is not None
        and all(type(each) is int and 0 < each < 100_000 for each in numbers)
        and as_text(data.get("type")).startswith("image/")
    )
