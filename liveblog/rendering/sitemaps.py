"""What search engines fetch: sitemaps (sitemaps.org 0.9), Google's news sitemap, robots.txt."""

from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from django.utils.safestring import SafeString

from liveblog.addresses import address_of
from liveblog.models import Story

from .addresses import absolute
from .feeds import legal
from .moment import Moment
from .templates import render


def sitemap(stories: Iterable[Story], *, site: bool, latest: Story | None = None) -> SafeString:
    """List stories, each with its last change, and the site's own pages where `site` says so.

    `latest` is the story that changed last of all: then the front page did.
    """
    pages = [_page(address_of("front"), latest), _page(address_of("corrections"))] if site else []
    pages += [_page(story.get_absolute_url(), story) for story in stories]
    return render("sitemap.xml", pages=pages)


def sitemap_index(count: int) -> SafeString:
    """List the files of a sitemap that one file can't hold."""
    paths = [address_of("sitemap_file", number) for number in range(1, count + 1)]
    return render("sitemap_index.xml", addresses=[absolute(path) for path in paths])


def news_sitemap(stories: Iterable[Story]) -> SafeString:
    """List stories as Google News wants them: publication, language, date, title."""
    return render(
        "news_sitemap.xml",
        publication=legal(settings.PUBLISHER_NAME),
        articles=[_article(story) for story in stories],
    )


def news_language(language: str) -> str:
    """Return a language as the news sitemap's schema wants it: ISO 639, or one of two Chinese."""
    name, *parts = language.lower().split("-")
    if name != "zh":
        return name
    return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(parts) else "zh-cn"


def robots() -> SafeString:
    names = ("sitemap", "news_sitemap")
    return render("robots.txt", sitemaps=[absolute(address_of(name)) for name in names])


def _page(path, changed_with=None):
    at = changed_with and (changed_with.last_updated_at or changed_with.opened_at)
    return {"address": absolute(path), "changed": Moment(at, UTC).iso if at else ""}


def _article(story):
    opened = Moment(story.opened_at, story.zone)
    return {
        "address": absolute(story.get_absolute_url()),
        "language": news_language(story.language),
        "published": opened.day if story.times_assigned else opened.iso,
        "title": legal(story.headline),
    }
