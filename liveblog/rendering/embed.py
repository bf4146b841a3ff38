"""A story as other people's pages show it, in a frame."""

from datetime import datetime

from django.utils.safestring import SafeString

from liveblog.models import Story
from liveblog.models.pages import Page

from .addresses import absolute
from .moment import moment, zone_name
from .pages import items_of, page
from .parts import status_of
from .templates import in_language_of
from .words import script_words


@in_language_of(lambda story: story)
def embed_page(story: Story, shown: Page, *, now: datetime) -> SafeString:
    """Render a story's newest updates under its headline; every link leaves the frame."""
    return page(
        "embed.html",
        language=story.language,
        story=story,
        canonical=absolute(story.get_absolute_url()),
        status=status_of(story, now),
        items=list(items_of(shown.updates)),
        page=shown,
        is_cut=len(shown.updates) < (story.update_count or 0),
        words=script_words(),
        zone=zone_name(story.timezone),
    )


def embed_withdrawn(story: Story) -> SafeString:
    """Tell in a frame that its story was withdrawn."""
    return page(
        "embed_withdrawn.html",
        language=story.language,
        at=moment(story.withdrawn_at, story.zone),
        home=absolute("/"),
    )
