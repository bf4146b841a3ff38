"""What changed for a desk since a position, as JSON: rows in the state that they have now."""

from liveblog.models import Story
from liveblog.queries.changes import Cursor
from liveblog.queries.desk_changes import DeskChanges, read_desk_changes
from liveblog.queries.desk_rows import count_groups

from .buttons import buttons_of
from .rows import RowRenderer
from .story_panel import panel_html


def change_answer(story: Story, user, after: str) -> dict:
    """Answer "what changed after this position?" for one person, in the language in force."""
    return describe(read_desk_changes(story, Cursor.parse(after)), user)


def describe(changes: DeskChanges, user) -> dict:
    """Write changes down as `…/desk/changes` and `…/desk/stream` tell them."""
    story = changes.story
    rows = RowRenderer(story, user)
    entries = [{"type": "update", **rows.data(each)} for each in changes.updates]
    entries += [{"type": "removal", "id": str(each)} for each in changes.removed]
    if changes.is_story_changed or any(each.number for each in changes.updates):
        entries.append(story_entry(story, user))  # its key events are among those updates
    return {
        "story": story.pk,
        "position": changes.position,
        "more": changes.more,
        "reload": changes.reload,
        "status": story.status,
        "shown_in": shown_in(story),
        "counts": count_groups(story),
        "changes": entries,
    }


def story_entry(story, user) -> dict:
    """The story's own panel, and what its status means for the page around it."""
    return {
        "type": "story",
        "status": story.status,
        "label": story.get_status_display(),
        "address": story.get_absolute_url() if story.is_public else "",
        "buttons": buttons_of(user, story, None),
        "html": panel_html(story, user),
    }


def shown_in(story: Story) -> str:
    """What all rows of a story depend on: a desk loads them again where it changes."""
    return f"{story.timezone} {story.slug} {story.is_public}"
