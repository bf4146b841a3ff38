"""Changes as the page's own HTML: the change answer and the stream's events."""

from datetime import datetime

from liveblog.models import Story, Update
from liveblog.queries.changes import Changes
from liveblog.queries.regions import StoryRegions

from .articles import ARTICLE
from .moment import Moment
from .regions import regions_html


def render_changes(changes: Changes, *, now: datetime) -> list[dict]:
    """Return each change as a JSON object, ordered by revision, the story's own after updates'."""
    rendered = [_update(update) for update in changes.updates]
    if changes.regions:
        rendered.append(_story(changes.regions, now))
    return sorted(rendered, key=lambda change: change["revision"])


def change_answer(changes: Changes, *, now: datetime) -> dict:
    """Return the whole answer to "what changed after this cursor?" as a JSON object."""
    return {
        "story": changes.story.slug,
        "cursor": changes.cursor,
        "more": changes.more,
        "reload": changes.reload,
        "status": changes.story.status,
        "changes": render_changes(changes, now=now),
    }


def _update(update: Update) -> dict:
    if not update.is_published:
        return {"revision": update.revision, "type": "removal", "id": str(update.pk)}
    return {
        "revision": update.revision,
        "type": "update",
        "id": str(update.pk),
        "number": update.number,
        "published_at": Moment(update.published_at, update.story.zone).exact,
        "kind": update.kind,
        "key_event": update.is_key_event,
        "pinned": update.is_pinned,
        "html": ARTICLE.of_loaded(update).html,
    }


def _story(regions: StoryRegions, now: datetime) -> dict:
    story: Story = regions.story
    return {
        "revision": story.changed_revision,
        "type": "story",
        "status": story.status,
        "title": story.headline,
        "parts": regions_html(regions, now=now),
    }
