"""Slugs of stories: from headlines, unique; former ones redirect."""

from dataclasses import replace

from django.utils.translation import gettext as _

from liveblog.models import OldAddress, Story
from liveblog.slugs import MAX_LENGTH, slugify

from .content import StoryContent
from .errors import Invalid


def with_slug(content: StoryContent, story: Story) -> StoryContent:
    """Fill in a unique slug; raises `Invalid` where another story has the wanted one."""
    slug = content.slug or (story.slug if story.opened_at else "")
    if slug == story.slug:
        return replace(content, slug=slug)
    if slug and not _is_free(slug, story):
        raise Invalid({"slug": [_("Another story has this address.")]})
    return replace(content, slug=slug or free_slug(content, story))


def readdress(story: Story, slug: str) -> None:
    """Change a story's slug; where readers know the story, the old one redirects."""
    if slug == story.slug:
        return
    story.old_addresses.filter(slug=slug).delete()
    if story.opened_at:
        OldAddress.objects.create(slug=story.slug, story=story)
    story.slug = slug


def free_slug(content: StoryContent, story: Story | None = None) -> str:
    """Return an unused slug, from the wanted one or the headline."""
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
    return not others.at_address(slug).exists()
