"""Updates that are divided by times: the times decide, not full stops or blank lines."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .blocks import Block
from .bylines import read_bylines
from .headline_style import Style
from .line_shapes import (
    MOST_IN_HEADLINE,
    SENTENCE_ENDS,
    begins_lower_case,
    ends_in_full_stop,
    is_headline,
)
from .lines import Mark
from .sections import Section
from .timed_parts import is_line, split_at_times, without_first_twice
from .writers import is_writer_below, with_writers

_MOST_IN_DOUBLE = 100  # characters of a headline of two sentences
_ROOM = 12  # characters by which the lines of a wrapped paragraph may differ


@dataclass(frozen=True, slots=True)
class Timed:
    """The blocks of the introduction, the updates, and what is in neither: times without any
    text, updates that the page shows twice, names that it says twice."""

    above: list[Block]
    sections: list[Section]
    empty: list[Block]
    twice: list[Block]
    names: list[Block]


def read_sections(body: list[Block], *, is_wrapped: bool, writers: Iterable[str] = ()) -> Timed:
    """Read the updates below the header; `writers` are the names in it."""
    above, parts, empty = split_at_times(body)
    above, parts, names = with_writers(above, parts, writers)
    parts, twice = without_first_twice(parts)
    style = Style.of(parts, is_wrapped=is_wrapped)
    sections = _without_numbers([_section(part, style) for part in parts])
    return Timed(above, sections, empty, twice, names)


def _without_numbers(sections):
    """Take off the numbers that a list has where a browser copies it: `1. `, `2. `, `3. `."""
    numbers = [f"{number}. " for number in range(1, len(sections) + 1)]
    pairs = list(zip(sections, numbers, strict=True))
    if len(pairs) < 2 or not all(each.headline.startswith(number) for each, number in pairs):
        return sections
    return [replace(each, headline=each.headline[len(number) :]) for each, number in pairs]


def _section(part, style):
    start = (part.time or part.blocks[0]).line
    headline, rest = _headline(part.blocks, style)
    writer = part.writer
    if headline and writer is None and len(rest) > 1 and is_writer_below(rest[0], headline):
        writer, rest = rest[0], rest[1:]
    at = part.blocks[0].line if headline else 0
    return Section(min(start, at or start), headline, rest, part.moment, at, writer)


def _headline(blocks, style):
    """Return the headline of an update and the blocks behind it."""
    first = blocks[0]
    if first.mark:
        return (first.text, blocks[1:]) if first.mark == Mark.HEADLINE else ("", blocks)
    if len(first.lines) > 1:
        return _headline_in_block(blocks, style)
    is_last = len(blocks) == 1 or all(map(_is_byline, blocks[1:]))
    if is_last:
        return _headline_alone(blocks, style)
    if is_line(first) or _is_ended_headline(first, style):
        return first.text, blocks[1:]
    return "", blocks


def _is_ended_headline(block, style):
    """Whether a line that ends in a full stop is a headline: `Schools shut. Buses stop.`

    So in a document that ends all of them so; else of two short sentences under their time,
    where nearly all other updates have headlines.
    """
    if len(block.text) > MOST_IN_HEADLINE or not ends_in_full_stop(block.text):
        return False
    if not (style.has_headlines or style.has_bare_texts):
        return True
    is_double = any(f"{stop} " in block.text for stop in SENTENCE_ENDS)
    is_placed = block.is_attached or block.is_inline
    return (
        is_double
        and is_placed
        and style.has_mostly_headlines
        and len(block.text) <= _MOST_IN_DOUBLE
    )


def _headline_alone(blocks, style):
    """Read an update of one line: a flash beside its time, or a word under it."""
    first = blocks[0]
    is_flash = first.is_inline and is_headline(first.text)
    is_attached = first.is_attached and style.has_attached_headlines
    if is_flash or (is_attached and is_line(first)):
        return first.text, blocks[1:]
    return "", blocks


def _headline_in_block(blocks, style):
    """Read a headline that no blank line parts from its text."""
    first = blocks[0]
    head, tail = replace(first, lines=first.lines[:1]), replace(first, lines=first.lines[1:])
    tail = replace(tail, line=first.line + 1, is_inline=False)
    is_wrapped = begins_lower_case(first.lines[1]) or _looks_wrapped(first, style)
    if not is_line(head) or is_wrapped:
        return "", blocks
    return head.text, [tail, *blocks[1:]]


def _looks_wrapped(block, style):
    """Whether the lines of a block are those of one paragraph.

    A headline without a blank line behind it has none before it either, or is much shorter
    than its text.
    """
    first, second = map(len, block.lines[:2])
    if block.is_inline:
        return False
    if block.is_attached:
        return style.is_wrapped and first > 50 and first * 1.4 > max(map(len, block.lines))
    return not (style.has_heads_in_blocks or _has_room(block)) and second < first * 2.5


def _has_room(block):
    """Whether the first line ends where the next word would have had room, had it been wrapped."""
    word = block.lines[1].split()[0]
    return len(block.lines[0]) + len(word) + _ROOM < max(map(len, block.lines))


def _is_byline(block):
    return len(block.lines) == 1 and bool(read_bylines(block.text))
