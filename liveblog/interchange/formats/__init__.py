"""The formats that live blogs come in; each module reads one, and none knows Django."""

from collections.abc import Callable

from liveblog.interchange.archive import Archive, Unreadable
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from . import (
    document,
    feed,
    guardian,
    liveblog,
    liveblogposting,
    ninjs,
    sourcefabric,
    wordpress,
)
from .files import refuse_too_large
from .recognition import recognise

READERS: dict[str, Callable[..., list[Archive]]] = {
    "document": document.read,
    "wordpress": wordpress.read,
    "liveblogposting": liveblogposting.read,
    "guardian": guardian.read,
    "sourcefabric": sourcefabric.read,
    "ninjs": ninjs.read,
    "feed": feed.read,
    "liveblog": liveblog.read,
}


def read_file(data: bytes, format: str = "", **options) -> tuple[str, list[Archive]]:
    """Read a file's live blogs: `(format, archives)`; raises `Unreadable`.

    `options` are `zone` for times without one, and `now`.
    """
    refuse_too_large(len(data))
    format = format or recognise(data)
    archives = READERS[format](data, **options)
    if not archives:
        words = _("the file holds no live blog (read as %(format)s)")
        raise Unreadable(Message(words, format=format))
    return format, archives
