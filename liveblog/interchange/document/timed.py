"""Updates that are parted by times: the times decide, not full stops or blank lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .blocks import Block
from .bylines import read_bylines
from .line_shapes import (
    MOST_IN_HEADLINE,
    SENTENCE_ENDS,
    begins_small,
    ends_in_full_stop,
    is_address,
    is_headline,
    is_list_item,
)
from .lines import Kind, Mark
from .sections import Part, Section
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


def read_sections(body: list[Block], *, is_wrapped: bool) -> Timed:
    """Part what stands below the top at its times."""
    above, parts = _parts(body)
    if _is_headline_above(above, parts):
        above, parts = _with_headlines_above(above, parts)
    empty = [part.time for part in parts if part.time and not part.blocks]
    parts = [part for part in _split_at_marks(parts) if part.blocks]
    above, parts, names = with_writers(above, parts)
    parts, twice = _without_first_twice(parts)
    style = _Style.of(parts, is_wrapped=is_wrapped)
    sections = _without_numbers([_section(part, style) for part in parts])
    return Timed(above, sections, empty, twice, names)


def _without_numbers(sections):
    """Take off the numbers that a list has where a browser copies it: `1. `, `2. `, `3. `."""
    numbers = [f"{number}. " for number in range(1, len(sections) + 1)]
    pairs = list(zip(sections, numbers, strict=True))
    if len(pairs) < 2 or not all(each.headline.startswith(number) for each, number in pairs):
        return sections
    return [replace(each, headline=each.headline[len(number) :]) for each, number in pairs]


def _without_first_twice(parts):
    """Leave out an update that the page holds on its top, and shows in its place too."""
    first, below = parts[:1], parts[1:]
    if not any(_is_same(part, other) for part in first for other in below):
        return parts, []
    return below, [block for part in first for block in (part.time, *part.blocks)]


def _is_same(part, other):
    if not (part.time and part.moment and other.moment):
        return False
    head, same = part.blocks[0], other.blocks[0]
    is_headline = len(part.blocks) > 1 and _is_line(head)
    return is_headline and part.moment.time == other.moment.time and head.text == same.text


def _parts(body: list[Block]):
    """Part the body at its times; a line of its own with a date gives the day to what follows."""
    above: list[Block] = []
    parts: list[Part] = []
    day = None
    for block in body:
        if block.kind == Kind.DAY:
            day = block.moment.day if block.moment else None
        elif block.kind == Kind.TIME:
            moment = block.moment
            if moment and day and not moment.day:
                moment = replace(moment, day=day)
            parts.append(Part(block, [], moment))
        elif block.kind == Kind.TEXT:
            (parts[-1].blocks if parts else above).append(block)
    return above, parts


def _is_headline_above(above, parts):
    """Whether each time stands under its update's headline, as `published at 10:32` does."""
    if len(parts) < 2 or not above or any(not part.blocks for part in parts):
        return False
    lines_above = [above[-1], *(part.blocks[-1] for part in parts[:-1])]
    sure = sum(map(_is_line, lines_above))
    has_lines = all(map(_may_be_headline_above, lines_above))
    return (
        has_lines
        and sure * 3 >= len(lines_above) * 2
        and all(len(part.blocks) > 1 for part in parts[:-1])
        and all(
            ends_in_full_stop(part.blocks[0].text) or part.blocks[0].lines[1:] for part in parts
        )
    )


def _may_be_headline_above(block):
    is_short = len(block.lines) == 1 and len(block.text) <= MOST_IN_HEADLINE
    return is_short and not block.is_inline and not block.mark


def _with_headlines_above(above, parts):
    """Move each headline from the end of what is above to its own time."""
    moved: list[Part] = []
    for part in parts:
        before = moved[-1].blocks if moved else above
        headline = replace(before.pop(), mark=Mark.HEADLINE)
        moved.append(replace(part, blocks=[headline, *part.blocks]))
    return above, moved


def _split_at_marks(parts: Iterable[Part]) -> Iterator[Part]:
    """Begin an update without a time where the editor marks a headline amid the text."""
    for part in parts:
        cuts = [
            index
            for index, block in enumerate(part.blocks)
            if index and block.mark == Mark.HEADLINE
        ]
        for number, (start, end) in enumerate(
            zip([0, *cuts], [*cuts, len(part.blocks)], strict=True)
        ):
            if number:
                yield Part(None, part.blocks[start:end], None)
            else:
                yield replace(part, blocks=part.blocks[start:end])


@dataclass(frozen=True, slots=True)
class _Style:
    """The habits of the document's house, found in all its updates together."""

    has_headlines: bool  # without full stops
    has_mostly_headlines: bool  # over two of three texts at least
    has_attached_headlines: bool  # directly under their time
    has_heads_in_blocks: bool  # on the line above their text
    has_bare_texts: bool  # updates that begin with a sentence
    is_wrapped: bool

    @classmethod
    def of(cls, parts: list[Part], *, is_wrapped: bool) -> "_Style":
        several = [part for part in parts if len(part.blocks) > 1 or part.blocks[0].lines[1:]]
        headed = [part for part in several if _is_line(_first_line(part))]
        return cls(
            has_headlines=bool(headed),
            has_mostly_headlines=len(headed) > 1 and len(headed) * 3 >= len(several) * 2,
            has_attached_headlines=any(part.blocks[0].is_attached for part in headed),
            has_heads_in_blocks=_has_heads_in_blocks(several),
            has_bare_texts=any(_is_bare_text(part) for part in parts),
            is_wrapped=is_wrapped,
        )


def _has_heads_in_blocks(parts):
    """Whether several updates begin with two lines that no wrapped sentence explains."""
    firsts = [part.blocks[0] for part in parts if len(part.blocks[0].lines) > 1]
    heads = [block for block in firsts if _is_line(replace(block, lines=block.lines[:1]))]
    return len(heads) > 1 and not any(begins_small(block.lines[1]) for block in heads)


def _first_line(part):
    """Return the first line of an update as a block of its own."""
    block = part.blocks[0]
    return replace(block, lines=block.lines[:1])


def _is_line(block):
    """Whether a block is one line that may be a headline under or above a time."""
    text = block.text
    return (
        len(block.lines) == 1
        and len(text) <= MOST_IN_HEADLINE
        and block.mark != Mark.TEXT
        and not ends_in_full_stop(text)
        and not text.rstrip().endswith((":", "："))
        and not is_list_item(text)
        and not is_address(text)
        and any(map(str.isalnum, text))
    )


def _is_bare_text(part):
    block = part.blocks[0]
    is_sentence = ends_in_full_stop(block.text)
    return is_sentence and (len(part.blocks) == 1 or len(block.text) > MOST_IN_HEADLINE)


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
    if _is_line(first) or _is_ended_headline(first, style):
        return first.text, blocks[1:]
    return "", blocks


def _is_ended_headline(block, style):
    """Whether a line that ends in a full stop is a headline: `Schools shut. Buses stop.`

    So in a house that ends all of them so; else of two short sentences under their time,
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
    if is_flash or (is_attached and _is_line(first)):
        return first.text, blocks[1:]
    return "", blocks


def _headline_in_block(blocks, style):
    """Read a headline that no blank line parts from its text."""
    first = blocks[0]
    head, tail = replace(first, lines=first.lines[:1]), replace(first, lines=first.lines[1:])
    tail = replace(tail, line=first.line + 1, is_inline=False)
    is_wrapped = begins_small(first.lines[1]) or _looks_wrapped(first, style)
    if not _is_line(head) or is_wrapped:
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
