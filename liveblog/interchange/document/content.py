"""Blocks of an introduction or an update → paragraphs, pictures and bylines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .blocks import Block
from .bylines import is_role, note_on_names, note_on_rest, read_bylines, read_plain_names
from .captions import Picture, read_update_picture
from .credits import is_lone_credit
from .header import BYLINE, PICTURE
from .line_shapes import begins_lower_case, ends_in_full_stop, is_address, is_list_item
from .sources import find_source
from .text import Problem


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a part of the document; `credits` are without their captions."""

    paragraphs: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    bylines: tuple[str, ...] = ()
    credits: tuple[Block, ...] = ()
    roles: tuple[Block, ...] = ()
    notes: tuple[Problem, ...] = ()
    parts: tuple[tuple[int, str], ...] = ()  # lines that are no text, and what they were read as


def read_content(
    section: Iterable[Block],
    *,
    is_wrapped: bool = True,
    is_introduction: bool = False,
    writer: Block | None = None,
) -> Content:
    """Divide paragraphs from pictures, and from the bylines before them.

    `is_wrapped` says whether a paragraph may run over several lines; bylines may be
    amid an introduction.
    """
    paragraphs: list[str] = []
    pictures: list[Picture] = []
    names: list[str] = []
    credits: list[Block] = []
    roles: list[Block] = []
    notes: list[Problem] = []
    parts: list[tuple[int, str]] = []
    if writer and find_source(writer.text):
        roles.append(writer)  # the outlet itself
    elif writer:
        parts.append((writer.line, BYLINE))
        names += read_bylines(writer.lines[0]) or read_plain_names(writer.lines[0])
        roles += [Block(writer.line + 1, writer.lines[1:])] if writer.lines[1:] else []
        notes.append(Problem(writer.line, note_on_names(writer.lines[0], names)))
    for block in section:
        may_be_byline = not block.mark and (is_introduction or not paragraphs)
        found = _bylines(block) if may_be_byline else ()
        if found:
            names += found
            parts.append((block.line, BYLINE))
            note = note_on_rest(block.lines[0], found)
            notes += [Problem(block.line, note)] if note else []
            roles += [Block(block.line + 1, block.lines[1:])] if block.lines[1:] else []
        elif picture := read_update_picture(block):
            pictures.append(picture)
            parts += [(block.line + at, PICTURE) for at in range(len(block.lines))]
        elif not block.mark and is_lone_credit(block.text):
            credits.append(block)
        else:
            paragraphs += _paragraphs(block, is_wrapped)
    return Content(
        tuple(paragraphs),
        tuple(pictures),
        tuple(dict.fromkeys(names)),
        tuple(credits),
        tuple(roles),
        tuple(notes),
        tuple(parts),
    )


def _bylines(block):
    """Read a byline, perhaps with the writer's post under it: `Reporting from Upton`."""
    if len(block.lines) == 1:
        return read_bylines(block.text)
    if len(block.lines) == 2 and is_role(block.lines[1]):
        return read_bylines(block.lines[0]) or read_plain_names(block.lines[0])
    return ()


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
    return not is_wrapped and ends_in_full_stop(before) and not begins_lower_case(line)
