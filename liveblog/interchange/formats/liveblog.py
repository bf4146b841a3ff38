"""Our own export: everything of a story, to come back as it was."""

from uuid import UUID

from liveblog.interchange.archive import DRAFT, PUBLISHED, RETRACTED, Archive, Entry, Unreadable
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .dates import read_moment
from .files import as_dict, as_entries, as_list, as_text, load_json

NEWEST = 1  # version of the format
STATES = {"published": PUBLISHED, "retracted": RETRACTED}
IS_ENDED = {"live": False, "ended": True}


def read(data: bytes, *, zone, **options) -> list[Archive]:
    """Read a story; what it holds beside other formats is in `original`."""
    data = as_dict(load_json(data))
    story = as_dict(data.get("story"))
    if data.get("format") != "liveblog" or not as_text(story.get("slug")):
        raise Unreadable(Message(_("this is no export of a story")))
    if data.get("version") != NEWEST:
        words = _("the export is of version %(version)s; version %(newest)d can be read")
        raise Unreadable(Message(words, version=data.get("version"), newest=NEWEST))
    archive = Archive(
        "liveblog",
        "",
        as_text(story["slug"]),
        headline=as_text(story.get("headline")),
        slug=as_text(story["slug"]),
        state=as_text(story.get("status")),
        is_ended=IS_ENDED.get(as_text(story.get("status"))),
        original={
            "story": story,
            "pictures": as_list(data.get("pictures")),
            "deleted": as_entries(data.get("deleted")),
        },
    )
    for number, row in enumerate(as_entries(data.get("updates")), 1):
        _read_update(archive, f"item {number}", as_dict(row), zone)
    return [archive]


def _read_update(archive, where, row, zone):
    id = as_text(row.get("id"))
    try:
        UUID(id)
    except ValueError:
        archive.refuse(where, id[:50], _("its id is no UUID"))
        return
    entry = Entry(
        id,
        where,
        headline=as_text(row.get("headline")),
        body=as_text(row.get("body")),
        state=STATES.get(as_text(row.get("status")), DRAFT),
        published_at=read_moment(row.get("published_at"), zone),
        is_key_event=row.get("is_key_event") is True,
        original=row,
    )
    archive.entries.append(entry)
