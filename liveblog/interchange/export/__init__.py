"""Take a story out: one function, and one module for each format.

`liveblog` holds everything, history too, and is for editors; the others hold what readers
may see. What is returned is written piece by piece, so that a long story needs no memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _
from liveblog.models import Story, Version
from liveblog.publishing import Refused, may

from . import html, liveblog, liveblogposting, ninjs, text, wordpress

__all__ = ["FORMATS", "Export", "Format", "UnknownFormat", "export_story"]


class UnknownFormat(ValueError):
    """There is no such format."""


@dataclass(frozen=True)
class Format:
    """How a format is written, and what a file of it is called by."""

    write: Callable[[Story], Iterator[str]]
    media_type: str
    ending: str
    is_for_editors: bool = False


@dataclass(frozen=True)
class Export:
    """A file to be: `chunks` can be read once."""

    chunks: Iterator[bytes]
    media_type: str
    filename: str


FORMATS = {
    "liveblog": Format(liveblog.write, "application/json", "liveblog.json", is_for_editors=True),
    "liveblogposting": Format(liveblogposting.write, "application/ld+json", "jsonld"),
    "ninjs": Format(ninjs.write, "application/json", "ninjs.json"),
    "wordpress": Format(wordpress.write, "application/xml", "wordpress.xml"),
    "html": Format(html.write, "text/html; charset=utf-8", "html"),
    "text": Format(text.write, "text/plain; charset=utf-8", "txt"),
}


def export_story(story: Story, format: str, *, by=None) -> Export:
    """Return a story in a format; `by` is None for who may run commands on the server.

    Raises `UnknownFormat`, and `Refused` where the person may not have it, or where readers
    see nothing of the story.
    """
    if format not in FORMATS:
        raise UnknownFormat(Message(_("there is no format “%(format)s”"), format=format))
    chosen = FORMATS[format]
    _require(story, chosen, by)
    return Export(
        chunks=(chunk.encode() for chunk in chosen.write(story)),
        media_type=chosen.media_type,
        filename=f"{story.slug}.{chosen.ending}",
    )


def _require(story, chosen, by):
    if chosen.is_for_editors:
        if by is not None and not may(by, Version.Verb.EDIT_STORY, story):
            raise Refused(Message(_("Only editors take out everything of a story.")))
    elif not story.is_public:
        raise Refused(Message(_("Readers see nothing of this story, so there is nothing to take.")))
