"""A story as one page that needs no other file: its styles within, its links whole."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from liveblog.models import Update
from liveblog.queries.regions import StoryRegions

from .addresses import absolute
from .moment import Moment, zone_name
from .pages import page
from .regions import regions_html, status_of
from .templates import in_language_of
from .update import update_html

_PLACEHOLDER = "<!-- updates -->"
_SOURCE = re.compile(r"<source\b[^>]*>")
_IMAGE = re.compile(r'(<img\b[^>]*?\bsrc=")(/[^"]*)"')
_LINK = re.compile(r'(\b(?:href|src)=")(/[^"]*)"')


def story_file(
    regions: StoryRegions,
    updates: Iterable[Update],
    *,
    styles: str,
    now: datetime,
    data_address: Callable[[str], str],
) -> Iterator[str]:
    """Yield the page piece by piece; `data_address` makes a `data:` address of a file's own."""
    head, foot = _frame(regions, styles, now).split(_PLACEHOLDER)
    yield _whole(head, data_address)
    day = None
    for update in updates:
        at = Moment(update.published_at, update.story.zone)
        if at.day != day:
            yield f'<div class="day">{at.long_date}</div>\n'
        day = at.day
        yield _whole(update_html(update, in_full=True), data_address) + "\n"
    yield _whole(foot, data_address)


@in_language_of(lambda regions: regions.story)
def _frame(regions, styles, now) -> SafeString:
    story = regions.story
    parts = regions_html(regions, now=now)
    return page(
        "story_file.html",
        language=story.language,
        story=story,
        canonical=absolute(story.get_absolute_url()),
        parts={name.replace("-", "_"): html for name, html in parts.items()},
        status=status_of(story, now),
        styles=mark_safe(styles.replace("</", r"<\/")),  # noqa: S308 # nosec B308 B703 # our own files
        zone=zone_name(story.timezone),
        place=mark_safe(_PLACEHOLDER),  # noqa: S308 # nosec B308 B703 # our own text
    )


def _whole(html, data_address):
    html = _IMAGE.sub(
        lambda found: f'{found[1]}{data_address(found[2])}"', _SOURCE.sub("", str(html))
    )
    return _LINK.sub(lambda found: f'{found[1]}{absolute(found[2])}"', html)
