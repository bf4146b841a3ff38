"""What the desk reads: changes, windows of the timeline, and one update to be written on."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from liveblog.accounts import name_of
from liveblog.editing.clock_fields import reading
from liveblog.editing.states import clock
from liveblog.models import Story, Update
from liveblog.publishing import may
from liveblog.queries.desk_changes import read_position
from liveblog.queries.desk_rows import Group, count_groups, load_rows, read_around, read_window
from liveblog.richtext import picture_source

from .buttons import buttons_of
from .changes import change_answer, shown_in
from .guard import answer, desk_view
from .rows import RowRenderer

MOST_SIZE = 80


@require_GET
@desk_view
def changes(request, story: Story):
    """Answer what changed in the story after a position."""
    request.is_beat = True
    return answer(change_answer(story, request.user, request.GET.get("after", "")))


@require_GET
@desk_view
def rows(request, story: Story):
    """Answer windows of the groups that are asked for, with the position they were read at."""
    position = read_position(story)
    renderer = RowRenderer(story, request.user)
    wanted = [Group(each) for each in request.GET.getlist("group") if each in Group.values]
    windows = {group.value: _window(request, story, group, renderer) for group in wanted}
    return answer(
        {
            "position": position,
            "shown_in": shown_in(story),
            "counts": count_groups(story, request.GET.get("q", "")[:200]),
            "groups": windows,
        }
    )


@require_GET
@desk_view
def around(request, story: Story, id: UUID):
    """Answer the window of the timeline that holds an update."""
    update = story.updates.filter(pk=id).first()
    if update is None:
        raise Http404
    renderer, window = RowRenderer(story, request.user), read_around(story, update)
    found = {"position": read_position(story), "shown_in": shown_in(story)}
    found |= {"group": window.group.value, "counts": count_groups(story)}
    return answer(found | {"groups": {window.group.value: _window_data(window, renderer)}})


def _window(request, story, group, renderer):
    asked = {name: request.GET.get(name, "")[:200] for name in ("q", "before", "after")}
    size = request.GET.get("size", "")
    size = min(int(size), MOST_SIZE) if size.isdecimal() and len(size) < 4 else 40
    return _window_data(read_window(story, group, size=max(size, 1), **asked), renderer)


def _window_data(window, renderer):
    return {
        "rows": [renderer.data(each) for each in window.rows],
        "more_before": window.is_more_before,
        "more_after": window.is_more_after,
    }


@require_GET
@desk_view
def update(request, story: Story, id: UUID):
    """Answer an update as the composer takes it, whatever its state."""
    found = load_rows(story, story.updates.filter(pk=id))
    if not found:
        raise Http404
    return answer(update_data(found[0], request.user))


def update_data(update: Update, user) -> dict:
    story = update.story
    return {
        "id": str(update.pk),
        "status": update.status,
        "version": update.version,
        "headline": update.headline,
        "body": update.body,
        "verification": update.verification,
        "is_key_event": update.is_key_event,
        "is_pinned": update.is_pinned,
        "sources": [_source(each) for each in update.attributions.all()],
        "bylines": [
            {"id": each.person.pk, "name": each.person.name} for each in update.bylines.all()
        ],
        "pictures": [picture_data(each.picture) for each in update.pictures.all()],
        "published_at": reading(update.published_at, story.zone),
        "scheduled_for": reading(update.scheduled_for, story.zone),
        "scheduled_clock": clock(update.scheduled_for, story) if update.scheduled_for else "",
        "sent_back_note": update.sent_back_note if update.sent_back_at else "",
        "sent_back_by": name_of(update.sent_back_by),
        "author": name_of(update.created_by),
        "is_recent": bool(update.published_at)
        and (timezone.now() - update.published_at).total_seconds() < 300,
        "may_edit": may(user, "edit" if update.is_published else "save_draft", update),
        "buttons": buttons_of(user, story, update),
        "history_address": reverse("admin:liveblog_update_history", args=[update.pk]),
    }


def _source(attribution) -> dict:
    source = attribution.source
    return {"id": source.pk, "name": source.name, "role": attribution.role, "url": attribution.url}


def picture_data(picture) -> dict:
    return {
        "id": str(picture.pk),
        "image": picture_source(picture.pk),
        "alt": picture.alt,
        "is_decorative": picture.is_decorative,
        "caption": picture.caption,
        "credit": picture.credit and {"id": picture.credit.pk, "name": picture.credit.name},
    }
