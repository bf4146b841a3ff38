"""Take rows of a fixture into a running newsroom.

An `Adoption` is one import in one transaction. Rows come as Django's deserialiser
makes them, parents first, as `dumpdata` writes them. Sources, topics and people that
exist are looked up, not overwritten. A story's rows that really differ from the
database's are saved with the database's counters and this import's revision; what
does not differ is left alone, so the same file twice changes nothing.
"""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from liveblog.models import (
    Attribution,
    Correction,
    Person,
    Picture,
    Source,
    Story,
    StoryByline,
    Topic,
    Update,
    UpdateByline,
    UpdatePicture,
    Version,
)
from liveblog.models.story import new_epoch
from liveblog.slugs import slugify

from .change import Change
from .content import StoryContent, UpdateContent
from .shared import showing

LOOKED_UP = (Source, Topic, Person)
PARTS = {
    Attribution: "update",
    UpdateByline: "update",
    UpdatePicture: "update",
    StoryByline: "story",
}
COUNTERS = {
    Story: (
        *("epoch", "revision", "changed_revision", "reload_revision", "version"),
        *("update_count", "source_counts", "correction_count"),
    ),
    Update: ("number", "revision", "version", "created_by_id"),
}
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
DERIVED = {"introduction_html", "summary_html", "body_html", "last_updated_at"}


class AdoptionError(Exception):
    """A row can't be taken; says which, and why. Nothing of the import is kept."""


@dataclass
class _Adopted:
    """A story of this import: its change, and which of its rows differ."""

    change: Change
    is_new: bool
    differs: bool = False
    story_differs: bool = False
    updates: dict = field(default_factory=dict)


class Adoption:
    """One import; a context manager that commits when all rows were taken."""

    def __init__(self, *, by=None, overwrite: bool = False):
        self.by, self.overwrite = by, overwrite
        self.pictures: list[Picture] = []
        self.notes: list[str] = []
        self._stories: dict[int, _Adopted] = {}
        self._atomic = transaction.atomic()

    def __enter__(self):
        self._atomic.__enter__()
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            try:
                for adopted in self._stories.values():
                    self._finish(adopted)
            except BaseException as raised:
                self._atomic.__exit__(type(raised), raised, raised.__traceback__)
                raise
        return self._atomic.__exit__(kind, error, trace)

    def take(self, row) -> None:
        """Take one deserialised row; raises `AdoptionError` where it is not fit to be kept."""
        obj = row.object
        if obj._meta.app_label != Story._meta.app_label:
            row.save()
            return
        if row.deferred_fields:
            names = ", ".join(each.name for each in row.deferred_fields)
            raise AdoptionError(
                f"A row of {obj._meta.label_lower}: its {names} is not there. "
                "Rows must come after those that they refer to, as dumpdata writes them."
            )
        try:
            self._take(row, obj)
        except (IntegrityError, DataError) as error:
            raise AdoptionError(f"{_told(obj)}: {error}") from error

    def _take(self, row, obj):
        _validate(obj)
        if isinstance(obj, Story):
            self._take_story(row, obj)
        elif isinstance(obj, Update):
            self._take_update(row, obj)
        elif isinstance(obj, LOOKED_UP):
            self._look_up(row, obj)
        elif isinstance(obj, Picture):
            self._take_picture(row, obj)
        elif type(obj) in PARTS:
            self._take_part(row, obj)
        elif isinstance(obj, Correction):
            self._take_correction(row, obj)
        else:
            _insert_once(obj)

    # -- what stories share

    def _look_up(self, row, obj):
        obj.slug = obj.slug or slugify(obj.name, max_length=80)
        there = _same_row(obj, type(obj).objects.filter(slug=obj.slug).first())
        if there is None:
            row.save()

    def _take_picture(self, row, obj):
        self.pictures.append(obj)
        there = Picture.objects.filter(pk=obj.pk).first()
        if there is None:
            row.save()
        elif _differing(obj, there):
            with showing(obj, by=self.by, verb="import"):
                row.save()

    # -- stories

    def _take_story(self, row, obj):
        found = Story.objects.at_address(obj.slug).first()
        if _same_row(obj, found) is None:
            self._take_new_story(row, obj)
            return
        adopted = self._adopted(found.pk)
        there = adopted.change.story
        obj.slug = there.slug
        topics = {each.pk for each in there.topics.all()}
        if _differing(obj, there) or topics != set(_pks(row.m2m_data.get("topics", ()))):
            self._differ(adopted)
            adopted.story_differs = True
            _keep_counters(obj, there)
            _keep_state(obj, there)
            obj.version += 1
            row.save()

    def _take_new_story(self, row, obj):
        obj.epoch = new_epoch()
        if obj.status != Story.Status.DRAFT:
            obj.revision = obj.changed_revision = max(obj.revision, 1)
            obj.opened_at = obj.opened_at or obj.created_at
        row.save()
        change = Change(obj, by=self.by, verb="import")
        change.revision = obj.revision
        self._stories[obj.pk] = _Adopted(change, is_new=True, differs=True, story_differs=True)

    def _adopted(self, story_id) -> _Adopted:
        if story_id not in self._stories:
            row = Story.objects.select_for_update().get(pk=story_id)
            change = Change(row, by=self.by, verb="import")
            self._stories[story_id] = _Adopted(change, is_new=False)
        return self._stories[story_id]

    def _differ(self, adopted):
        """Note that a story's rows differ; refuse where editors have been at it."""
        if adopted.differs or self.overwrite:
            adopted.differs = True
            return
        adopted.differs = True
        story = adopted.change.story
        if Version.objects.filter(story=story).exclude(verb="import").exists():
            raise AdoptionError(
                f"The story “{story.slug}” was edited since its import. Nothing was loaded; "
                "--overwrite puts the file's rows in place of the editors'."
            )

    # -- updates

    def _take_update(self, row, obj):
        adopted = self._adopted(obj.story_id)
        there = Update.objects.filter(pk=obj.pk).first()
        if there and there.story_id != obj.story_id:
            raise AdoptionError(f"{_told(obj)}: this id belongs to another story's update.")
        if obj.published_at and obj.published_at > adopted.change.at:
            raise AdoptionError(f"{_told(obj)}: published_at lies in the future.")
        if there and not _differing(obj, there):
            return
        if there:
            self._differ(adopted)
            if there.status == Update.Status.RETRACTED:
                self.notes.append(f"{_told(obj)} was withdrawn here, and stays so.")
                return
            _keep_counters(obj, there)
            obj.version += 1
        elif not adopted.is_new:
            self._differ(adopted)
        self._stamp(adopted, obj, is_new=there is None)
        row.save()
        adopted.updates[obj.pk] = obj

    def _stamp(self, adopted, obj, *, is_new):
        seen = {Update.Status.PUBLISHED, Update.Status.RETRACTED}
        if adopted.is_new and is_new and obj.number:
            return  # a dump of another newsroom, counters and all
        if is_new:
            obj.number = obj.revision = None
        if obj.status in seen or obj.number:
            obj.revision = adopted.change.revision
            obj.number = obj.number or adopted.change.revision

    # -- sources, bylines and pictures of updates; bylines of stories

    def _take_part(self, row, obj):
        there = type(obj).objects.filter(pk=obj.pk).first() if obj.pk else None
        if there and not _differing(obj, there):
            return
        if isinstance(obj, StoryByline):
            adopted = self._adopted(obj.story_id)
            adopted.story_differs = True
        else:
            adopted = self._adopted_of_update(obj.update_id)
        self._differ(adopted)
        row.save()

    def _adopted_of_update(self, update_id):
        """Find the import of an update's story; the update takes this import's revision too."""
        for adopted in self._stories.values():
            if update_id in adopted.updates:
                return adopted
        update = Update.objects.get(pk=update_id)
        adopted = self._adopted(update.story_id)
        update.version += 1
        self._stamp(adopted, update, is_new=False)
        update.save(update_fields=["version", "number", "revision"])
        adopted.updates[update_id] = update
        return adopted

    def _take_correction(self, row, obj):
        if not Correction.objects.filter(pk=obj.pk).exists():
            self._differ(self._adopted(obj.story_id))
            row.save()

    # -- the end

    def _finish(self, adopted):
        if not adopted.differs:
            return
        change = adopted.change
        story = change.story = Story.objects.get(pk=change.story.pk)
        if story.status != Story.Status.DRAFT:
            change.touch(is_news=False)
            change.set_last_updated(self._newest(story))
        change.recount()
        change.settle()
        self._keep_versions(adopted, story)
        change.finish()

    def _newest(self, story):
        newest = story.updates.public().newest_first().first()
        known = [story.opened_at, story.last_updated_at, newest and newest.published_at]
        return max(filter(None, known))

    def _keep_versions(self, adopted, story):
        if adopted.story_differs:
            adopted.change.keep(story, StoryContent.of(story))
        for update in Update.objects.filter(pk__in=list(adopted.updates)).with_parts():
            adopted.change.keep(update, UpdateContent.of(update))


def _validate(obj):
    skipped = {each.name for each in obj._meta.fields if each.is_relation}
    if isinstance(obj, LOOKED_UP):
        skipped.add("slug")
    try:
        _refuse_controls(obj)
        obj.clean_fields(exclude=skipped)
    except ValidationError as error:
        told = "; ".join(f"{name}: {' '.join(why)}" for name, why in error.message_dict.items())
        raise AdoptionError(f"{_told(obj)}: {told}") from error


def _refuse_controls(obj):
    for each in obj._meta.concrete_fields:
        value = obj.__dict__.get(each.attname)
        found = CONTROLS.search(value) if isinstance(value, str) else None
        if found:
            told = f"position {found.start()} holds the control character {found.group()!a}"
            raise ValidationError({each.name: told})


def _same_row(obj: Model, found: Model | None) -> Model | None:
    """Return the row that `obj` means; refuse a database id that means another row here."""
    taken = type(obj).objects.filter(pk=obj.pk).first() if obj.pk else None
    if (taken and taken != found) or (found and obj.pk not in (None, found.pk)):
        raise AdoptionError(
            f"{_told(obj)}: its database id is another row's here. "
            "Dump with --natural-foreign --natural-primary."
        )
    return found


def _insert_once(obj: Model) -> None:
    """Add a row of history or an old address under an id of this database."""
    same = {
        each.attname: getattr(obj, each.attname)
        for each in obj._meta.concrete_fields
        if not each.primary_key and each.attname != "content"
    }
    if not type(obj).objects.filter(**same).exists():
        obj.pk = None
        obj.save(force_insert=True)


def _differing(obj: Model, there: Model) -> set[str]:
    """Name the columns in which a file's row differs from the database's, counters apart."""
    ours = {*COUNTERS.get(type(obj), ()), *DERIVED, "id", "created_at"}
    return {
        each.attname
        for each in obj._meta.concrete_fields
        if each.attname not in ours and _stored(each, obj) != _stored(each, there)
    }


def _stored(field, row):
    return field.get_prep_value(getattr(row, field.attname)) or None


def _keep_counters(obj, there):
    for name in COUNTERS[type(obj)]:
        setattr(obj, name, getattr(there, name))


def _keep_state(obj, there):
    """A story's life goes on: an import neither opens, ends nor withdraws it."""
    for name in ("status", "opened_at", "ended_at", "withdrawn_at", "last_updated_at"):
        setattr(obj, name, getattr(there, name))


def _pks(rows):
    return [getattr(each, "pk", each) for each in rows]


def _told(obj: Model) -> str:
    key = getattr(obj, "slug", None) or obj.pk or "without id"
    return f"{obj._meta.label_lower} {key}"
