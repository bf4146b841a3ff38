"""A story as HTML for the page of another site: the story page's own, with whole addresses."""

import re

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from liveblog.models import Story
from liveblog.queries.pagination import Page

from .moment import Moment
from .pages import page, story_page

# A tag with its attributes: a `>` inside a quoted value ends nothing.
TAG = re.compile(r'<[a-z](?:[^>"]|"[^"]*")*>', re.IGNORECASE)
ADDRESS = re.compile(r' (?:href|src|action)="(?=/(?!/))')
SOURCES = re.compile(r' srcset="([^"]*)"')
PATH = re.compile(r"(?:^|(?<=, ))(?=/(?!/))")


def fragment(story: Story, shown: Page, **reading) -> SafeString:
    """Render a story for another site's page, as `story_page` does; it has no address of ours."""
    html = story_page(story, shown, is_fragment=True, **reading)
    return mark_safe(TAG.sub(_with_whole_addresses, html))  # noqa: S308 # nosec B308 B703 # as it was rendered


def fragment_withdrawn(story: Story) -> SafeString:
    """Render the fragment of a withdrawn story."""
    at = story.withdrawn_at and Moment(story.withdrawn_at, story.zone)
    return page("fragment_withdrawn.html", language=story.language, at=at)


def _with_whole_addresses(tag):
    site = settings.SITE_URL
    text = ADDRESS.sub(lambda found: found[0] + site, tag[0])
    return SOURCES.sub(lambda found: f' srcset="{PATH.sub(site, found[1])}"', text)
