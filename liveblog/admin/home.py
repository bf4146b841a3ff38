"""The admin's home page: live stories with their figures, and what waits for the user."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from liveblog.accounts import name_of
from liveblog.editing import readers
from liveblog.editing.health import is_silent
from liveblog.models import Story, Update
from liveblog.publishing import may
from liveblog.templatetags.newsroom import working_title

Status = Update.Status
STORIES, ROWS, OTHERS = 30, 30, 6
NONE = {"rows": [], "all": ""}


@dataclass(frozen=True)
class StoryLine:
    """A live story with its current figures."""

    story: Story
    readers: int
    last: datetime | None
    minutes: int | None
    waiting: int
    overdue: int

    @property
    def is_silent(self) -> bool:
        return is_silent(self.story, self.last)

    @property
    def is_long_ago(self) -> bool:
        return (self.minutes or 0) >= 24 * 60


def home_html(user) -> str:
    """Render the part of the home page that refreshes itself."""
    return render_to_string("admin/liveblog/_home.html", home_context(user)).strip()


def home_context(user) -> dict:
    """Read the user's home page; the number of queries doesn't depend on that of stories."""
    if not may(user, "view"):
        return {}
    stories = _stories_of(user)
    return {
        "live": _lines(stories),
        "more_stories": stories.live().count() > STORIES,
        "others": stories.exclude(status=Story.Status.LIVE).order_by("-id")[:OTHERS],
        "is_editor": may(user, "publish"),
        "may_create": may(user, "create_story"),
        "waiting": _waiting(user, stories),
        "sent_back": _rows(Update.objects.sent_back().filter(created_by=user), sent_back="me"),
        "submitted": _submitted(user, stories),
        "drafts": _drafts(user),
        "overdue": _overdue(stories),
    }


def _stories_of(user):
    stories = Story.objects.exclude(status=Story.Status.WITHDRAWN)
    return stories if may(user, "edit_story") else stories.open_to(user)


def _lines(stories) -> list[StoryLine]:
    live = list(stories.live().latest_first()[:STORIES])
    now = timezone.now()
    figures = Update.objects.filter(story__in=live).order_by().values("story")
    counted = figures.annotate(
        last=Max("published_at", filter=Q(status=Status.PUBLISHED)),
        waiting=Count("pk", filter=Q(status=Status.SUBMITTED)),
        overdue=Count("pk", filter=Q(status=Status.SCHEDULED, scheduled_for__lt=now)),
    )
    by_story = {each["story"]: each for each in counted}
    return [_line(story, by_story.get(story.pk, {}), now) for story in live]


def _line(story, figures, now):
    last = figures.get("last")
    return StoryLine(
        story,
        readers=readers.count(story.pk),
        last=last,
        minutes=None if last is None else int((now - last).total_seconds() // 60),
        waiting=figures.get("waiting", 0),
        overdue=figures.get("overdue", 0),
    )


def _waiting(user, stories):
    """Return the submitted updates that an editor has to decide on, oldest first."""
    if not may(user, "publish"):
        return NONE
    submitted = Update.objects.filter(status=Status.SUBMITTED, story__in=stories)
    return _rows(submitted.order_by("created_at", "pk"), status__exact=Status.SUBMITTED)


def _submitted(user, stories):
    """Return what a reporter has submitted, the oldest first; editors see all of it as waiting."""
    if may(user, "publish"):
        return NONE
    own = Update.objects.filter(status=Status.SUBMITTED, created_by=user, story__in=stories)
    mine = {"status__exact": Status.SUBMITTED, "created_by__id__exact": user.pk}
    return _rows(own.order_by("created_at", "pk"), **mine)


def _drafts(user):
    own = Update.objects.filter(status=Status.DRAFT, created_by=user, sent_back_at=None)
    mine = {"status__exact": Status.DRAFT, "created_by__id__exact": user.pk}
    return _rows(own.order_by("-created_at", "-pk"), **mine)


def _overdue(stories):
    late = Update.objects.filter(
        status=Status.SCHEDULED, scheduled_for__lt=timezone.now(), story__in=stories
    )
    return _rows(late.order_by("scheduled_for"), status__exact=Status.SCHEDULED)


def _rows(updates, **filters) -> dict:
    """Read the first rows; where there are more, with the address of the list of all."""
    loaded = list(updates.select_related("story", "created_by", "sent_back_by")[: ROWS + 1])
    rows = [_row(each) for each in loaded[:ROWS]]
    address = f"{reverse('admin:liveblog_update_changelist')}?{urlencode(filters)}"
    return {"rows": rows, "all": address if len(loaded) > ROWS else ""}


def _row(update) -> dict:
    return {
        "update": update,
        "title": working_title(update),
        "author": name_of(update.created_by),
        "address": edit_address(update),
    }


def desk_address(story: Story) -> str:
    return reverse("desk:page", args=[story.pk])


def edit_address(update: Update) -> str:
    """Return where an update is opened for writing; without scripts it leads to a plain form."""
    return f"{desk_address(update.story)}?edit={update.pk}"
