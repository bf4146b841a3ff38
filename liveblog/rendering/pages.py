"""Whole pages: the frame of the site around what the other modules render."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from liveblog.addresses import address_of
from liveblog.models import Story, Update
from liveblog.queries.pagination import Page
from liveblog.queries.regions import StoryRegions
from liveblog.release import release
from liveblog.richtext import to_plain_text

from .addresses import absolute
from .article_cache import Load
from .articles import (
    PLACEHOLDER,
    Article,
    article_of,
    articles_of,
    items_of,
    join_articles,
    runs_of,
)
from .feed_formats import feed_links
from .jsonld import story_data, update_data
from .moment import Moment, zone_name
from .recent import Recent
from .regions import clock_key, regions_html, render_regions, status_of
from .script_messages import script_words
from .share_links import share_links
from .social_cards import card_of_story, card_of_update, description_of, summary_of
from .templates import (
    direction_of,
    fonts_of,
    in_language_of,
    interface_language,
    render,
    speaking,
)
from .update import doubt_label, title_of, update_address

MANY_NEWER = 100  # updates after one, counted no further
EXCERPT = 45  # words of the updates before and after one

_FRAMES = Recent(300)  # pages without their articles, of some 20 KB each


def page(name: str, *, language: str = "", **context) -> SafeString:
    """Render a page inside the site's frame, in a story's language or else the site's."""
    language = language or interface_language(settings.LANGUAGE_CODE)
    with speaking(language):
        return render(
            name,
            site_name=settings.SITE_NAME,
            publisher=settings.PUBLISHER_NAME,
            policy_url=settings.CORRECTIONS_POLICY_URL,
            language=language,
            direction=direction_of(language),
            interface=_interface_beside(language),
            fonts=[
                static(f"liveblog/fonts/source-serif-4-{name}.woff2") for name in fonts_of(language)
            ],
            release=release(),
            feeds=feed_links(context.get("story")),
            **context,
        )


def in_readers_zone(timezone: str) -> dict:
    """What a list needs for its script to write its times in the reader's zone."""
    return {"timezone": timezone, "footer_zone": zone_name(timezone), "words": script_words()}


def _interface_beside(language):
    """Return the interface's language where it is another than the text's."""
    interface = interface_language(language)
    return "" if interface.partition("-")[0] == language.partition("-")[0] else interface


def story_page(
    story: Story,
    shown: Page,
    *,
    read: Callable[[Story], StoryRegions],
    load: Load,
    now: datetime,
    oldest_first: bool = False,
    is_fragment: bool = False,
) -> SafeString:
    """Render a page of a story; older pages show no introduction, summary, pin or sources.

    The row of the story was read first, then the rows of its updates; `read` and `load` read
    what was not rendered before. A fragment is the same without the site's frame: see `fragment`.
    """
    articles = articles_of(story, shown.updates, load)
    way = {"oldest_first": oldest_first, "is_fragment": is_fragment}
    place = (shown.before, shown.is_start, *way.values())
    rows = tuple((row.pk, row.revision) for row in shown.updates)
    loaded = tuple(each.number for each in articles)  # a takedown may come between
    key = (story.cursor, story.version, *clock_key(story, now), settings.SITE_URL, rows, loaded)
    frame = _FRAMES.get(
        story.pk, place, key, lambda: _frame(story, read(story), shown, articles, now=now, **way)
    )
    ordered = reversed(articles) if oldest_first else articles
    return join_articles(frame, [each.html for each in ordered])


def preview_page(regions: StoryRegions, articles: list[Article], *, now: datetime) -> SafeString:
    """Render the page of a story that readers don't see, without any cache."""
    shown = Page(articles)
    frame = _frame(regions.story, regions, shown, articles, now=now, is_preview=True)
    return join_articles(frame, [each.html for each in articles])


@in_language_of(lambda story: story)
def _frame(
    story, regions, shown, articles, *, now, oldest_first=False, is_fragment=False, is_preview=False
) -> list[str]:
    """Render a page without its articles, as the pieces before, between and after them.

    `story` is the row that was read first: the page names its cursor.
    """
    address = address_of("story", story.slug)
    parts = (render_regions if is_preview else regions_html)(regions, now=now)
    status = status_of(story, now)
    is_plain = shown.is_first or shown.is_start
    canonical = absolute(address if is_plain else f"{address}?before={shown.before}")
    card = card_of_story(regions, url=canonical, is_live=status["state"] == "live")
    if not is_preview:
        data = story_data(regions, articles, canonical=canonical, image=card.image)
    text = page(
        "fragment.html" if is_fragment else "story.html",
        language=story.language,
        base=settings.SITE_URL if is_fragment else "",
        story=story,
        address=address,
        canonical=canonical,
        share_address=absolute(address),
        description=description_of(story),
        card=card,
        structured_data="" if is_preview else data,
        parts={name.replace("-", "_"): html for name, html in parts.items()},
        status=status,
        runs=runs_of(
            list(reversed(articles)) if oldest_first else articles,
            slot_every=0 if is_fragment else settings.SLOT_EVERY,
        ),
        page=shown,
        links=_links(address, shown, regions, oldest_first=oldest_first),
        oldest_first=oldest_first,
        is_preview=is_preview,
        words=script_words(),
        before_at=shown.before_at and Moment(shown.before_at, story.zone).exact,
        search_address=address_of("story_search", story.slug),
        zone=zone_name(story.timezone),
    )
    return text.split(PLACEHOLDER)


@in_language_of(lambda update: update.story)
def update_page(
    update: Update,
    *,
    earlier: Update | None,
    later: Update | None,
    now: datetime,
    newer: int = 0,
    is_preview: bool = False,
) -> SafeString:
    """Render an update by itself, between its neighbours in its story."""
    story = update.story
    address = address_of("story", story.slug)
    share_address = absolute(update_address(update))
    return page(
        "update.html",
        language=story.language,
        story=story,
        address=address,
        canonical=absolute(address),
        title=title_of(update),
        description=summary_of(update),
        card=card_of_update(update),
        structured_data="" if is_preview else update_data(update),
        status=render("_status.html", status=status_of(story, now)),
        items=items_of([article_of(update, in_full=True)]),
        update=update,
        earlier=_neighbour(earlier),
        later=_neighbour(later),
        newer=newer,
        newer_figure=newer if newer < MANY_NEWER else f"{MANY_NEWER - 1}+",
        share_title=title_of(update),
        share_address=share_address,
        services=share_links(title_of(update), share_address),
        is_preview=is_preview,
        zone=zone_name(story.timezone),
        timezone=story.timezone,
        words=script_words(),
    )


def _neighbour(update):
    """Return a link to another update, with its headline and first sentences."""
    if update is None:
        return None
    words = " ".join(to_plain_text(update.body_html).split())
    return {
        "update": update,
        "at": Moment(update.published_at, update.story.zone),
        "title": title_of(update),
        "doubt": doubt_label(update),
        "address": update_address(update),
        "excerpt": Truncator(words).words(EXCERPT, truncate=" …") if update.headline else "",
    }


def _links(address, shown, regions, *, oldest_first):
    """Return the addresses of the pages beside the one that is shown."""
    here = {"before": shown.before}
    oldest = regions.highlights.beginning if shown.has_oldest else None
    return {
        "older": shown.older and _address(address, oldest_first=oldest_first, before=shown.older),
        "newer": not shown.is_first
        and _address(address, oldest_first=oldest_first, before=shown.newer),
        "oldest": oldest
        and oldest != shown.before
        and _address(address, oldest_first=True, before=oldest),
        "newest_first": _address(address, oldest_first=False, **here),
        "oldest_first": _address(address, oldest_first=True, **here),
    }


def _address(path, *, oldest_first, before=None):
    parameters = [f"before={before}"] if before else []
    if oldest_first:
        parameters.append("order=oldest")
    return path + ("?" + "&".join(parameters) if parameters else "")
