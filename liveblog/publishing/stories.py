"""Verbs that create stories and edit their own parts."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liveblog.models import Story, Version
from liveblog.richtext import pictures_in

from .change import Change, changing, changing_locked
from .conflicts import stale
from .content import StoryContent
from .errors import Invalid
from .policy import require
from .story_slugs import free_slug, readdress, with_slug

Verb = Version.Verb
NEWS = {"headline", "standfirst", "introduction", "summary"}
MOST_SILENCE = 24 * 60  # minutes
DERIVED = ("introduction_html", "summary_html", "summary_revision", "summary_checked_at")


def create_story(content: StoryContent, *, by) -> Story:
    """Create a draft story; its slug comes from the headline where `content` has none."""
    require(by, Verb.CREATE_STORY)
    return make_story(content, by=by, verb=Verb.CREATE_STORY)


def make_story(content: StoryContent, *, by, verb: str, **columns) -> Story:
    """Insert a draft story without checking permissions."""
    story = Story(slug=free_slug(content), created_at=timezone.now(), **columns)
    content.fill(story)
    _check(story)
    if content.summary and verb == Verb.CREATE_STORY:  # an imported one may be old
        story.summary_checked_at = story.created_at
    try:
        with transaction.atomic():
            story.save(force_insert=True)
            content.write_parts(story, None)
            with changing_locked([story], by=by, verb=verb) as [change]:
                change.add_version(story, content)
    except IntegrityError as error:
        raise Invalid({"slug": [_("Another story has this address.")]}) from error
    return story


def edit_story(story: Story, content: StoryContent, *, by, version=None) -> Story:
    """Change a story's own parts; the same content again is the first answer.

    On a story that readers know, a changed slug keeps the old address as a redirect.
    """
    with changing(story, by=by, verb=Verb.EDIT_STORY) as change:
        require(by, Verb.EDIT_STORY, story)
        row, before = change.story, StoryContent.of(change.story)
        content = with_slug(content, row)
        differing = content.differences(before)
        if not differing:
            return row
        if version not in (None, row.version):
            raise stale(row, content)
        content.fill(row)
        readdress(row, content.slug)
        _check(row)
        _show(change, differing)
        if "summary" in differing:
            _check_summary(change)
        _save(change, *StoryContent.row_fields(), "slug", *DERIVED)
        content.write_parts(row, before)
        change.add_version(row, content)
    return row


def _show(change, differing):
    seen = differing - set(StoryContent.UNSEEN)
    if seen and change.story.is_public:
        reload = bool(seen & set(StoryContent.EVERYWHERE))
        change.mark_story(reload=reload, is_news=bool(seen & NEWS))


def check_summary(story: Story, *, by) -> Story:
    """Mark "What we know" as checked now."""
    with changing(story, by=by, verb=Verb.CHECK_SUMMARY) as change:
        require(by, Verb.EDIT_STORY, story)
        if change.story.is_public:
            change.mark_story(is_news=False)
        _check_summary(change)
        resave_story(change, "summary_revision", "summary_checked_at")
    return change.story


def _check_summary(change):
    change.story.summary_checked_at = change.at
    change.story.summary_revision = change.revision if change.story.is_public else None


def set_team(story: Story, members, *, by) -> tuple[set, set]:
    """Set which reporters may write in a story; an empty team means every reporter.

    Returns who joined it and who left it.
    """
    with changing(story, by=by, verb=Verb.SET_TEAM) as change:
        require(by, change.verb, change.story)
        before, now = set(change.story.team.all()), set(members)
        change.story.team.set(now)
        change.add_version(change.story, StoryContent.of(change.story))
    return now - before, before - now


def set_silence_alarm(story: Story, minutes: int | None, *, by) -> Story:
    """Set after how many minutes without an update the desk warns; None: never."""
    if minutes is not None and not 1 <= minutes <= MOST_SILENCE:
        message = _("Between 1 and %(most)d minutes.") % {"most": MOST_SILENCE}
        raise Invalid({"silence_alarm": [message]})
    with changing(story, by=by, verb=Verb.SET_SILENCE_ALARM) as change:
        require(by, Verb.EDIT_STORY, story)
        if change.story.silence_alarm != minutes:
            change.story.silence_alarm = minutes
            resave_story(change, "silence_alarm")
    return change.story


def resave_story(change: Change, *columns: str) -> None:
    """Save columns of the story's row as its next version."""
    _save(change, *columns)
    change.add_version(change.story, StoryContent.of(change.story))


def _save(change, *columns):
    change.story.version += 1
    change.story.save(update_fields={"version", *columns})


def _check(story):
    names = set(StoryContent.row_fields()) - {"lead_picture", "share_picture"}
    try:
        story.clean_fields(exclude={each.name for each in story._meta.fields} - names)
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    _refuse_pictures(story)


def _refuse_pictures(story):
    """Refuse pictures in a story's own texts: readers would not see them."""
    message = _("Pictures have no place here: take it out, or use the lead picture or an update.")
    holding = [name for name in ("introduction", "summary") if pictures_in(getattr(story, name))]
    if holding:
        raise Invalid({name: [message] for name in holding})
