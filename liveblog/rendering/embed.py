"""A story as other people's pages show it, in a frame."""

from datetime import datetime

from django.conf import settings
from django.utils.safestring import SafeString

from liveblog.addresses import address_of
from liveblog.models import Story
from liveblog.queries.pagination import Page

from .addresses import absolute
from .article_cache import Load
from .articles import articles_of, items_of
from .moment import moment, zone_name
from .pages import page
from .regions import status_of
from .script_messages import script_words
from .templates import in_language_of, render

WIDTH, HEIGHT = 640, 720  # pixels, where nobody asks for less


@in_language_of(lambda story: story)
def embed_page(story: Story, shown: Page, *, load: Load, now: datetime) -> SafeString:
    """Render a story's newest updates under its headline; every link leaves the frame."""
    return page(
        "embed.html",
        language=story.language,
        story=story,
        canonical=absolute(story.get_absolute_url()),
        status=status_of(story, now),
        status_html=render("_status.html", status=status_of(story, now), is_part=True),
        items=items_of(articles_of(story, shown.updates, load)),
        page=shown,
        is_cut=shown.older is not None,
        words=script_words(),
        zone=zone_name(story.timezone),
    )


def embed_withdrawn(story: Story) -> SafeString:
    """Render the frame of a withdrawn story."""
    return page(
        "embed_withdrawn.html",
        language=story.language,
        at=moment(story.withdrawn_at, story.zone),
        home=absolute("/"),
    )


def oembed_data(story: Story, *, max_width: int | None, max_height: int | None) -> dict:
    """Return a story's oEmbed answer (oembed.com, 2.3.4): type rich, a frame without a script."""
    width = min(WIDTH, max_width or WIDTH)
    height = min(HEIGHT, max_height or HEIGHT)
    address = absolute(address_of("embed", story.slug))
    frame = render("_frame.html", story=story, address=address, width=width, height=height)
    return {
        "version": "1.0",
        "type": "rich",
        "title": story.headline,
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute("/"),
        "cache_age": 300,
        "html": str(frame),
        "width": width,
        "height": height,
    }
