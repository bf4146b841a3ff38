"""The verb that stores a picture: its files and its row, both or neither."""

import hashlib
import json
import logging
import uuid
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liveblog.models import Picture, Source, Version

from .audit import record
from .errors import Invalid, Unstored
from .policy import require

logger = logging.getLogger(__name__)


class Drawn(Protocol):
    """One size of a picture that was decoded and drawn anew; see `interchange.picture_sizes`."""

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
    is_described_later: bool = False,
) -> Picture:
    """Store a new picture, whose `file` is the widest JPEG among its sizes.

    The id is made of the pixels, the words and the person, so that a form sent twice is
    one picture: the second answer is the first. Files are written before the row; where the
    row can't be written, they are deleted again.
    Raises `Invalid` where a picture that is not decorative has no alternative text, unless
    it `is_described_later`: a desk takes pictures while their words are being written.
    Raises `Unstored` where its files can't be written.
    """
    require(by, Version.Verb.ADD_PICTURE)
    alt = "" if is_decorative else alt.strip()
    drawn = list(drawn)
    row = Picture(
        id=_id_of(drawn, by.pk, alt, is_decorative, caption.strip(), credit and credit.pk),
        alt=alt,
        is_decorative=is_decorative,
        caption=caption.strip(),
        credit=credit,
        added_by=by,
        created_at=timezone.now(),
    )
    if not (alt or is_decorative or is_described_later):
        raise Invalid({"alt": [_("Say what the picture shows, or mark it as decorative.")]})
    known = Picture.objects.filter(pk=row.pk)
    if first := known.first():
        return first
    try:
        _keep(row, drawn, by)
    except IntegrityError:
        return known.get()  # the same picture came in meanwhile
    return row


def _id_of(drawn, *words) -> uuid.UUID:
    pixels = hashlib.sha256(b"".join(each.data for each in drawn)).hexdigest()
    return uuid.uuid5(uuid.NAMESPACE_OID, json.dumps([pixels, *words]))


def _keep(row, drawn, by):
    with ExitStack() as undo:
        # Before the transaction: a distant store is slow, and SQLite would lock out other writers.
        store_files(row, drawn, undo)
        with transaction.atomic():
            _check(row)
            row.save(force_insert=True)
            record(Version.Verb.ADD_PICTURE, by=by, on=row)
        undo.pop_all()


def store_files(row: Picture, drawn: Iterable[Drawn], undo: ExitStack) -> None:
    """Write a picture's files and name them in its row; `undo` deletes them."""
    row.renditions = [_store(row, each, undo) for each in drawn]
    jpegs = [each for each in row.renditions if each["type"] == "image/jpeg"]
    widest = max(jpegs, key=lambda each: each["width"])
    row.file, row.width, row.height = widest["name"], widest["width"], widest["height"]


def delete_files(row: Picture) -> None:
    """Delete the files of a deleted picture, but those that another picture has as well."""
    names = {row.file.name, *(each["name"] for each in row.renditions)} - {"", None}
    shared = set(Picture.objects.filter(file__in=names).values_list("file", flat=True))
    for name in sorted(names - shared):
        try:
            row.file.storage.delete(name)
        except OSError as error:
            logger.error("%s, of a deleted picture, can't be deleted: %s", name, error)


def _store(row, drawn, undo):
    storage = row.file.storage
    wanted = f"pictures/{row.pk}-{drawn.width}.{drawn.ending}"
    is_new = False
    try:
        is_new = not storage.exists(wanted)  # else the same picture comes in twice at this moment
        name = storage.save(wanted, ContentFile(drawn.data))
        undo.callback(storage.delete, name)
    except OSError as error:
        logger.error("No picture can be stored: %s", error)
        with suppress(OSError):  # the folder itself may be what is missing
            if is_new:
                storage.delete(wanted)  # half of it may be there
        raise Unstored(
            _("The server can't store pictures now: its disk is full or locked. Nothing was kept.")
        ) from error
    return {"name": name, "width": drawn.width, "height": drawn.height, "type": drawn.media_type}


def _check(row):
    try:
        row.full_clean()
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
