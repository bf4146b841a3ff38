"""The verb that takes a picture in: its files and its row, both or neither."""

import uuid
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liveblog.models import Picture, Source

from .errors import Invalid
from .policy import require


class Drawn(Protocol):
    """One size of a picture that was decoded and drawn anew; see `interchange.pictures`."""

    media_type: str
    width: int  # pixels
    height: int
    data: bytes

    @property
    def ending(self) -> str: ...


def add_picture(
    drawn: Iterable[Drawn],
    *,
    by,
    alt: str = "",
    is_decorative: bool = False,
    caption: str = "",
    credit: Source | None = None,
) -> Picture:
    """Keep a new picture, whose `file` is the widest JPEG among its sizes.

    Files are written before the row; where the row can't be, they are taken away again.
    Raises `Invalid` where a picture that is not decorative has no alternative text.
    """
    require(by, "add_picture")
    alt = "" if is_decorative else alt.strip()
    row = Picture(
        id=uuid.uuid4(),
        alt=alt,
        is_decorative=is_decorative,
        caption=caption.strip(),
        credit=credit,
        created_at=timezone.now(),
    )
    if not alt and not is_decorative:
        raise Invalid({"alt": [_("Say what the picture shows, or mark it as decorative.")]})
    with ExitStack() as undo:
        with transaction.atomic():
            row.renditions = [_store(row, each, undo) for each in drawn]
            jpegs = [each for each in row.renditions if each["type"] == "image/jpeg"]
            widest = max(jpegs, key=lambda each: each["width"])
            row.file, row.width, row.height = widest["name"], widest["width"], widest["height"]
            _check(row)
            row.save(force_insert=True)
        undo.pop_all()
    return row


def _store(row, drawn, undo):
    storage = row.file.storage
    wanted = f"pictures/{row.pk}-{drawn.width}.{drawn.ending}"
    name = storage.save(wanted, ContentFile(drawn.data))
    undo.callback(storage.delete, name)
    return {"name": name, "width": drawn.width, "height": drawn.height, "type": drawn.media_type}


def _check(row):
    try:
        row.full_clean()
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
