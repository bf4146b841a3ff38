"""Whole pages: the frame of the site around what the other modules render."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from liveblog.models import Update
from liveblog.queries.pagination import Page
from liveblog.queries.regions import StoryRegions
from liveblog.release import release

from .addresses import absolute
from .feed_formats import feed_links
from .jsonld import story_data, update_data
from .moment import Moment, zone_name
from .regions import entries_of, status_of, story_parts
from .script_messages import script_words
from .social_cards import card_of_story, card_of_update, description_of
from .templates import direction_of, in_language_of, interface_language, render, speaking
from .update import title_of, update_html

MANY_NEWER = 100  # updates after one, counted no further


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
            release=release(),
            feeds=feed_links(context.get("story")),
            **context,
        )


def _interface_beside(language):
    """Return the interface's language where it is another than the text's."""
    interface = interface_language(language)
    return "" if interface.partition("-")[0] == language.partition("-")[0] else interface


@in_language_of(lambda outline: outline.story)
def story_page(
    outline: StoryRegions,
    shown: Page,
    *,
    now: datetime,
    oldest_first: bool = False,
    is_preview: bool = False,
) -> SafeString:
    """Render a page of a story; older pages show no introduction, summary, pin or sources."""
    story = outline.story
    address = reverse("story", args=[story.slug])
    updates = list(reversed(shown.updates)) if oldest_first else shown.updates
    parts = story_parts(outline, now=now)
    canonical = absolute(address if shown.is_first else f"{address}?before={shown.before}")
    return page(
        "story.html",
        language=story.language,
        story=story,
        address=address,
        canonical=canonical,
        description=description_of(story),
        card=card_of_story(story, url=canonical),
        structured_data="" if is_preview else story_data(story, shown.updates, canonical=canonical),
        parts={name.replace("-", "_"): html for name, html in parts.items()},
        status=status_of(story, now),
        items=list(items_of(updates)),
        page=shown,
        links=_links(address, shown, oldest_first=oldest_first),
        oldest_first=oldest_first,
        is_preview=is_preview,
        slot_every=settings.SLOT_EVERY,
        words=script_words(),
        before_at=shown.before_at and Moment(shown.before_at, story.zone).exact,
        search_address=reverse("story_search", args=[story.slug]),
        zone=zone_name(story.timezone),
    )


def items_of(updates: list[Update], *, in_full: bool = False):
    """Yield the articles of updates, each with its day where a day line stands before it."""
    day = None
    for update in updates:
        at = Moment(update.published_at, update.story.zone)
        yield {"html": update_html(update, in_full=in_full), "day": at if at.day != day else None}
        day = at.day


@in_language_of(lambda update: update.story)
def update_page(
    update: Update,
    *,
    earlier: Update | None,
    later: Update | None,
    newer: int = 0,
    is_preview: bool = False,
) -> SafeString:
    """Render an update by itself, between its neighbours in its story."""
    story = update.story
    address = reverse("story", args=[story.slug])
    return page(
        "update.html",
        language=story.language,
        story=story,
        address=address,
        canonical=absolute(address),
        title=title_of(update),
        card=card_of_update(update),
        structured_data="" if is_preview else update_data(update),
        items=list(items_of([update], in_full=True)),
        update=update,
        earlier=entries_of([earlier], story.zone)[0] if earlier else None,
        later=entries_of([later], story.zone)[0] if later else None,
        newer=newer,
        newer_figure=newer if newer < MANY_NEWER else f"{MANY_NEWER - 1}+",
        is_preview=is_preview,
        zone=zone_name(story.timezone),
    )


def _links(address, shown, *, oldest_first):
    """Return the addresses of the pages beside the one that is shown."""
    here = {"before": shown.before}
    return {
        "older": shown.older and _address(address, oldest_first=oldest_first, before=shown.older),
        "newer": not shown.is_first
        and _address(address, oldest_first=oldest_first, before=shown.newer),
        "oldest": shown.oldest
        and shown.oldest != shown.before
        and _address(address, oldest_first=True, before=shown.oldest),
        "newest_first": _address(address, oldest_first=False, **here),
        "oldest_first": _address(address, oldest_first=True, **here),
    }


def _address(path, *, oldest_first, before=None):
    parameters = [f"before={before}"] if before else []
    if oldest_first:
        parameters.append("order=oldest")
    return path + ("?" + "&".join(parameters) if parameters else "")
