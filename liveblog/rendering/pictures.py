"""Pictures as figures: on their own, and at their places in a text."""

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from liveblog.models import Picture, Story
from liveblog.richtext import CleanHTML

from .templates import render

_PLACEHOLDER = re.compile(r"<p>(<img [^<>]*>)</p>|<img [^<>]*>")
_ID = re.compile(r'data-picture="([0-9a-f-]{36})"')

SIZES = {
    "text": "(min-width: 48rem) 38rem, 100vw",
    "lead": "(min-width: 69rem) 44rem, 100vw",
}


def figure_html(picture: Picture, *, place: str = "text", is_first: bool = False) -> SafeString:
    """Render a picture with caption and credit; without a file, an outlined box with the alt text.

    `is_first` is for the picture that is in sight at once: it is not loaded lazily.
    """
    return render(
        "_picture.html",
        picture=picture,
        sources=_sources(picture),
        sizes=SIZES[place],
        place=place,
        is_first=is_first,
        alt="" if picture.is_decorative else picture.alt,
    )


def picture_with_file(story: Story) -> Picture | None:
    """Return the first picture of a story that has a file; None where none has."""
    return next(
        (each for each in (story.lead_picture, story.share_picture) if each and each.file), None
    )


def plain_figure_html(picture: Picture) -> SafeString:
    """Render a picture for the page of another site: one file, no classes."""
    alt = "" if picture.is_decorative else picture.alt
    return render("_feed_picture.html", picture=picture, alt=alt)


def with_pictures(
    html: CleanHTML, pictures: Iterable[Picture], *, draw: Callable = figure_html
) -> SafeString:
    """Put figures at a text's placeholders for its pictures, and the others after it.

    A place whose picture is not among them is left out. `draw` makes a figure of a picture.
    """
    waiting = {picture.pk: picture for picture in pictures}

    def figure(place):
        found = _ID.search(place[0])
        picture = found and waiting.pop(UUID(found[1]), None)
        return draw(picture) if picture else ""

    text = _PLACEHOLDER.sub(figure, html)
    after = "".join(draw(picture) for picture in waiting.values())
    return mark_safe(text + after)  # noqa: S308 # nosec B308 B703 # clean text and our own figures


def _sources(picture):
    """One `<source>` for each media type of a picture's renditions."""
    if not picture.file:
        return []
    key = lambda each: each["type"]  # noqa: E731
    best_first = sorted(picture.renditions, key=lambda each: (each["type"], each["width"]))
    return [
        {"type": media_type, "srcset": ", ".join(_candidate(picture, each) for each in group)}
        for media_type, group in groupby(best_first, key=key)
    ]


def _candidate(picture, rendition):
    return f"{picture.file.storage.url(rendition['name'])} {rendition['width']}w"
