"""Pictures of our own inside a text."""

import re
from uuid import UUID


def picture_id(value: str | None) -> str | None:
    """Return the id of a picture as it is stored; None for what is none."""
    try:
        return str(UUID(value or ""))
    except ValueError:
        return None


def picture_source(picture_id: UUID | str) -> str:
    """Return the address under which the editor shows a picture inside its text."""
    return f"/admin/liveblog/picture/{picture_id}/image/"


def pictures_in(html: str) -> list[UUID]:
    """Return the ids of the pictures in the text, in order, each once."""
    images = re.findall(r"<img ([^<>]*)>", html)
    found = re.findall(r'data-picture="([0-9a-f-]{36})"', "\n".join(images))
    return list(dict.fromkeys(map(UUID, found)))
