"""Bodies of updates for other systems: pictures as figures with whole addresses."""

from html import escape

from liveblog.models import Picture, Update
from liveblog.rendering import with_pictures
from liveblog.rendering.addresses import absolute


def body_with_pictures(update: Update) -> str:
    """Return the text with figures in the places of its pictures, and the others after it."""
    pictures = [each.picture for each in update.pictures.all()]
    return str(with_pictures(update.body, pictures, draw=figure_of)).replace("></img>", ">")


def figure_of(picture: Picture) -> str:
    """Return a figure for a picture; its text alone where there is no file."""
    alt = "" if picture.is_decorative else picture.alt
    credit = picture.credit.credit if picture.credit else ""
    words = " ".join(filter(None, [picture.caption, credit and f"({credit})"]))
    caption = f"<figcaption>{escape(words, quote=False)}</figcaption>" if words else ""
    if not picture.file:
        alt = f"<p>{escape(alt, quote=False)}</p>" if alt and alt != picture.caption else ""
        return f"<figure>{alt}{caption}</figure>" if alt or caption else ""
    address = escape(address_of(picture))
    return f'<figure><img src="{address}" alt="{escape(alt)}">{caption}</figure>'


def address_of(picture: Picture) -> str:
    """Return the whole address of a picture's file; nothing where there is none."""
    return absolute(picture.file.url) if picture.file else ""
