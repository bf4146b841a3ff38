"""Blocks of an introduction or an update → paragraphs, pictures and bylines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .bylines import read_bylines
from .captions import Picture, read_update_picture
from .line_shapes import begins_small, ends_in_full_stop, is_address, is_list_item
from .lines import Block


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a part of the document."""

    paragraphs: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    bylines: tuple[str, ...] = ()


def read_content(section: Iterable[Block], *, is_wrapped: bool = True) -> Content:
    """Part paragraphs from pictures, and from the bylines that stand before them.

    `is_wrapped` says whether a paragraph may run over several lines.
    """
    paragraphs: list[str] = []
    pictures: list[Picture] = []
    bylines: tuple[str, ...] = ()
    for block in section:
        names = () if paragraphs or pictures or block.mark else _bylines(block)
        if names:
            bylines += names
        elif picture := read_update_picture(block):
            pictures.append(picture)
        else:
            paragraphs += _paragraphs(block, is_wrapped)
    return Content(tuple(paragraphs), tuple(pictures), tuple(dict.fromkeys(bylines)))


def _bylines(block):
    return read_bylines(block.text) if len(block.lines) == 1 else ()


def _paragraphs(block, is_wrapped) -> Iterator[str]:
    """Join wrapped lines; items of a list and web addresses keep lines of their own."""
    lines: list[str] = []
    for line in block.lines:
        if lines and _begins_paragraph(line, lines[-1], is_wrapped):
            yield " ".join(lines)
            lines = []
        lines.append(line)
    yield " ".join(lines)


def _begins_paragraph(line, before, is_wrapped):
    if is_list_item(line) or is_address(line) or is_address(before):
        return True
    return not is_wrapped and ends_in_full_stop(before) and not begins_small(line)
