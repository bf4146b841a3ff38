"""Verbs on a story's own parts and on its life."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from liveblog.models import OldAddress, Story, Update
from liveblog.richtext import pictures_in
from liveblog.slugs import MAX_LENGTH, slugify

from .air import WAITING, air
from .change import Change, changing, locked
from .content import StoryContent, UpdateContent
from .errors import Conflict, Invalid, Refused
from .policy import require
from .writing import require_status

Status = Story.Status
NEWS = {"headline", "standfirst", "introduction", "summary"}


def create_story(content: StoryContent, *, by) -> Story:
    """Make a draft story; its address comes from the headline where `content` has none."""
    require(by, "create_story")
    story = Story(slug=_free_slug(content), created_at=timezone.now())
    content.fill(story)
    _check(story)
    try:
        with transaction.atomic():
            story.save(force_insert=True)
            content.write_parts(story, None)
            change = Change(story, by=by, verb="create_story")
            change.keep(story, content)
            change.finish()
    except IntegrityError as error:
        raise Invalid({"slug": [_("Another story has this address.")]}) from error
    return story


def edit_story(story: Story, content: StoryContent, *, by, version=None) -> Story:
    """Change a story's own parts; the same content again is the first answer.

    On a story that readers know, a changed slug keeps the old address as a redirect.
    """
    with changing(story, by=by, verb="edit_story") as change:
        require(by, "edit_story", story)
        row, before = change.story, StoryContent.of(change.story)
        content = _with_slug(content, row)
        differing = content.differences(before)
        if not differing:
            return row
        if version not in (None, row.version):
            raise Conflict(
                _("Somebody else saved this story since you opened it. Your text is kept."),
                current=row,
                attempted=content,
            )
        content.fill(row)
        _readdress(row, content.slug)
        _check(row)
        _show(change, differing)
        if "summary" in differing:
            _check_summary(change)
        _save(change, *StoryContent.row_fields(), "slug", *_DERIVED)
        content.write_parts(row, before)
        change.keep(row, content)
    return row


_DERIVED = ("introduction_html", "summary_html", "summary_revision", "summary_checked_at")


def _show(change, differing):
    seen = differing - set(StoryContent.UNSEEN)
    if seen and change.story.is_public:
        reload = bool(seen & set(StoryContent.EVERYWHERE))
        change.touch(reload=reload, is_news=bool(seen & NEWS))


def check_summary(story: Story, *, by) -> Story:
    """Say that "What we know" still holds, as of now."""
    with changing(story, by=by, verb="check_summary") as change:
        require(by, "edit_story", story)
        if change.story.is_public:
            change.touch(is_news=False)
        _check_summary(change)
        _save(change, "summary_revision", "summary_checked_at")
        _keep(change)
    return change.story


def _check_summary(change):
    change.story.summary_checked_at = change.at
    change.story.summary_revision = change.revision if change.story.is_public else None


def open_story(story: Story, *, by, updates: Iterable[Update] = ()) -> Story:
    """Put a draft or ended story on air, with the drafts it is given, the oldest first.

    Drafts that carry a moment keep it; the others follow each other now.
    """
    with changing(story, by=by, verb="open_story") as change:
        require(by, "open_story", story)
        row = change.story
        _require(row, Status.DRAFT, Status.ENDED, Status.LIVE)
        drafts = [change.reread(update) for update in updates]
        if row.status == Status.LIVE and not drafts:
            return row
        row.status, row.ended_at = Status.LIVE, None
        row.opened_at = row.opened_at or change.at
        change.touch()
        for place, draft in enumerate(reversed(drafts)):
            require_status(draft, *WAITING)
            content = UpdateContent.of(draft)
            air(change, draft, content, content, moment=change.at - timedelta(microseconds=place))
        _settle(change, "status", "opened_at", "ended_at")
    return row


def end_story(story: Story, *, by) -> Story:
    """Say that the story is over; it stays readable and can be opened again."""
    with changing(story, by=by, verb="end_story") as change:
        require(by, "end_story", story)
        row = change.story
        if row.status == Status.ENDED:
            return row
        _require(row, Status.LIVE)
        row.status, row.ended_at = Status.ENDED, change.at
        change.touch()
        _settle(change, "status", "ended_at")
    return row


def withdraw_story(story: Story, *, by, note: str = "") -> Story:
    """Take a whole story from readers; every address of it answers 410."""
    with changing(story, by=by, verb="withdraw_story", note=note) as change:
        require(by, "withdraw_story", story)
        row = change.story
        if row.status == Status.WITHDRAWN:
            return row
        _require(row, Status.LIVE, Status.ENDED)
        row.status, row.withdrawn_at = Status.WITHDRAWN, change.at
        change.touch()
        _settle(change, "status", "withdrawn_at")
    return row


def delete_story(story: Story, *, by) -> None:
    """Delete a story that was never opened, with its drafts and their history."""
    with locked([story.pk]) as (row,):
        require(by, "delete_story", row)
        if row.status != Status.DRAFT or row.opened_at:
            raise Refused(_("Readers have seen this story. End or withdraw it instead."))
        row.versions.all().delete()
        row.updates.all().delete()
        row.delete()


def set_team(story: Story, members, *, by) -> None:
    """Say which reporters may write in a story; every reporter where the team is empty."""
    require(by, "set_team", story)
    with locked([story.pk]) as (row,):
        row.team.set(members)


def _settle(change, *columns):
    """Save what a change of state needs: the row must not say so before it has its revision."""
    change.settle()
    _save(change, *columns)
    _keep(change)


def _save(change, *columns):
    change.story.version += 1
    change.story.save(update_fields={"version", *columns})


def _keep(change):
    change.keep(change.story, StoryContent.of(change.story))


def _require(story, *statuses):
    if story.status not in statuses:
        told = {"state": story.get_status_display()}
        raise Refused(_("The story is “%(state)s” by now. Nothing was changed.") % told)


def _check(story):
    names = set(StoryContent.row_fields()) - {"lead_picture", "share_picture"}
    try:
        story.clean_fields(exclude={each.name for each in story._meta.fields} - names)
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    _refuse_pictures(story)


def _refuse_pictures(story):
    """Readers would not see them: a story's own texts have no rows of pictures."""
    told = _("Pictures have no place here: take it out, or use the lead picture or an update.")
    holding = [name for name in ("introduction", "summary") if pictures_in(getattr(story, name))]
    if holding:
        raise Invalid({name: [told] for name in holding})


def _with_slug(content, story):
    slug = content.slug or (story.slug if story.opened_at else "")
    if slug == story.slug:
        return replace(content, slug=slug)
    if slug and not _is_free(slug, story):
        raise Invalid({"slug": [_("Another story has this address.")]})
    return replace(content, slug=slug or _free_slug(content, story))


def _readdress(story, slug):
    if slug == story.slug:
        return
    story.old_addresses.filter(slug=slug).delete()
    if story.opened_at:
        OldAddress.objects.create(slug=story.slug, story=story)
    story.slug = slug


def _free_slug(content, story=None):
    wish = slugify(content.slug or content.headline) or "story"
    if content.slug and not _is_free(wish, story):
        raise Invalid({"slug": [_("Another story has this address.")]})
    slug, count = wish, 1
    while not _is_free(slug, story):
        count += 1
        slug = f"{wish[: MAX_LENGTH - len(str(count)) - 1].rstrip('-')}-{count}"
    return slug


def _is_free(slug, story=None):
    others = Story.objects.exclude(pk=story.pk) if story else Story.objects
    return not others.filter(Q(slug=slug) | Q(old_addresses__slug=slug)).exists()
