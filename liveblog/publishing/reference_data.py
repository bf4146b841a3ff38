"""Verbs on sources, topics, people and pictures, which several stories share.

Updates are not stamped one by one: each story that shows the thing takes one
revision which open pages can't apply in place (`reload_revision`).
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from liveblog.models import Attribution, AuditAction, Person, Picture, Source, Story, Topic, Version
from liveblog.slugs import slugify

from .audit import record
from .change import Change, changing_locked
from .content import StoryContent
from .errors import Invalid, Refused
from .locks import locked
from .pictures import delete_files
from .policy import is_chief_editor, require

Verb = Version.Verb
NAMES = ("name", "credit_line")


def _shows_picture(pictures: Q | Model) -> Q:
    return (
        Q(lead_picture__in=pictures)
        | Q(share_picture__in=pictures)
        | Q(updates__pictures__picture__in=pictures)
    )


AFFECTED: dict[type[Model], Callable[[Model], Q]] = {
    Source: lambda source: (
        Q(updates__attributions__source=source)
        | _shows_picture(Picture.objects.filter(credit=source))
    ),
    Topic: lambda topic: Q(topics=topic),
    Person: lambda person: Q(bylines__person=person) | Q(updates__bylines__person=person),
    Picture: lambda picture: _shows_picture([picture]),
}


def create_shared(row: Source | Topic | Person | Picture, *, by) -> Model:
    """Insert a new source, topic, person or picture; a reporter may propose a source."""
    require(by, Verb.PROPOSE_SOURCE if isinstance(row, Source) else Verb.EDIT_SHARED)
    with transaction.atomic():
        row.save(force_insert=True)
        record(AuditAction.CREATE_SHARED, by=by, on=row)
    return row


def propose_source(name: str, *, by, kind: str = Source.Kind.UNSAID) -> Source:
    """Return the source of a name, in whatever case; a new one where there is none yet."""
    row = Source(name=" ".join(name.split()), slug=slugify(name, max_length=80), kind=kind)
    known = Source.objects.filter(slug=row.slug).first()
    if known:
        return known
    try:
        row.full_clean(exclude=["slug"])
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    return create_shared(row, by=by)


def edit_shared(row: Source | Topic | Person | Picture, *, by) -> Model:
    """Save a changed source, topic, person or picture, and have open pages show it.

    Only a chief editor may change the name of a source.
    """
    require(by, Verb.EDIT_SHARED)
    before = _reread(row)
    renamed = any(getattr(row, name, "") != getattr(before, name, "") for name in NAMES)
    if isinstance(row, Source) and renamed and not is_chief_editor(by):
        raise Refused(_("Only a chief editor renames sources. Nothing was changed."))
    with changing_reference_data(row, by=by, verb=Verb.EDIT_SHARED):
        row.save()
    return row


def rename_source(source: Source, *, by, name: str, credit_line: str = "") -> Source:
    """Give a source another name everywhere; its address stays."""
    require(by, Verb.RENAME_SOURCE)
    row = _reread(source)
    row.name, row.credit_line = name, credit_line
    row.full_clean(exclude=["slug"])
    with changing_reference_data(row, by=by, verb=Verb.RENAME_SOURCE):
        row.save()
    return row


def merge_sources(source: Source, *, into: Source, by) -> Source:
    """Replace `source` by `into` in all citations, and delete `source`."""
    require(by, Verb.MERGE_SOURCES)
    if source == into:
        raise Refused(_("A source can't be merged into itself."))
    with changing_reference_data(source, by=by, verb=Verb.MERGE_SOURCES, recount=True):
        cited = Attribution.objects.filter(source=source)
        for each in cited.select_related("update"):
            if Attribution.objects.filter(update=each.update, source=into, role=each.role).exists():
                each.delete()
        cited.update(source=into)
        source.pictures.update(credit=into)
        Source.objects.filter(pk=source.pk).delete()
    return into


def delete_shared(row: Source | Topic | Person | Picture, *, by) -> None:
    """Delete what nothing refers to; raises `Refused` where something does."""
    require(by, Verb.EDIT_SHARED)
    if isinstance(row, Topic):
        used = row.stories.exists()
    else:
        used = any(
            getattr(row, relation.get_accessor_name()).exists()
            for relation in row._meta.related_objects
        )
    if used:
        raise Refused(_("“%(name)s” is in use, so it is kept.") % {"name": row})
    with transaction.atomic():
        record(AuditAction.DELETE_SHARED, by=by, on=row)
        type(row).objects.filter(pk=row.pk).delete()
        if isinstance(row, Picture):
            transaction.on_commit(partial(delete_files, row))


def _reread(row):
    fresh = type(row).objects.filter(pk=row.pk).first()
    if fresh is None:
        raise Refused(_("“%(name)s” was deleted meanwhile. Your text is kept.") % {"name": row})
    return fresh


def describe_picture(picture: Picture, *, by) -> Picture:
    """Save the words of a picture that readers don't see yet; others are `edit_shared`."""
    require(by, Verb.DESCRIBE_PICTURE, picture)
    if Picture.objects.shown().filter(pk=picture.pk).exists():
        return edit_shared(picture, by=by)
    with transaction.atomic():
        picture.save(update_fields=["alt", "is_decorative", "caption", "credit"])
        record(Verb.DESCRIBE_PICTURE, by=by, on=picture)
    return picture


@contextmanager
def changing_reference_data(row: Model, *, by, verb: str, recount: bool = False) -> Iterator[None]:
    """Change a thing under the locks of all stories that show it, and announce each of them.

    `recount` is for changes that move what the stories count.
    """
    with ExitStack() as stack:
        stories = _lock_affected(row, stack)
        with changing_locked(stories, by=by, verb=verb) as changes:
            yield
            record(verb, by=by, on=row)
            for change in changes:
                _reload(change, recount=recount)


def _reload(change: Change, *, recount):
    change.is_recorded = True
    if change.story.revision:
        change.mark_story(reload=True, is_news=False)
        if recount:
            change.recount()
    # Desks read a story's history, not its revision: so drafts of stories get a version too.
    change.add_version(change.story, StoryContent.of(change.story))


def _lock_affected(row, stack):
    """Lock the stories, then the thing; again where one began to cite it in between.

    A verb that cites the thing holds its story and waits for the thing; this never
    waits for a story while it holds the thing, so neither waits for the other.
    """
    while True:
        ids = _affected_ids(row)
        with ExitStack() as attempt:
            stories = attempt.enter_context(locked(ids))
            list(type(row).objects.select_for_update().filter(pk=row.pk))
            if _affected_ids(row) <= ids:
                stack.push(attempt.pop_all().__exit__)
                return stories


def _affected_ids(row):
    shown_by = Story.objects.filter(AFFECTED[type(row)](row))
    return set(shown_by.values_list("pk", flat=True).distinct())
