"""The text of each update of a document, where times divide it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .blocks import Block
from .line_shapes import MOST_IN_HEADLINE, ends_in_full_stop, is_address, is_list_item
from .lines import Kind, Mark
from .sections import Part


def split_at_times(body: list[Block]) -> tuple[list[Block], list[Part], list[Block]]:
    """Return the blocks above the first update, the updates, and the times without any text.

    Headlines above their times are moved to the updates that they belong to.
    """
    above, parts = _parts(body)
    if _is_headline_above(above, parts):
        above, parts = _with_headlines_above(above, parts)
    empty = [part.time for part in parts if part.time and not part.blocks]
    parts = [part for part in _split_at_marks(parts) if part.blocks]
    return above, parts, empty


def without_first_twice(parts):
    """Leave out an update that the page holds on its top, and shows in its place too."""
    listed = _count_listed(parts)
    if listed > 1:
        return parts[listed:], [
            block for part in parts[:listed] for block in (part.time, *part.blocks)
        ]
    first, below = parts[:1], parts[1:]
    if not any(_is_same(part, other) for part in first for other in below):
        return parts, []
    return below, [block for part in first for block in (part.time, *part.blocks)]


def _count_listed(parts):
    """Return how many parts on top are a list of headlines that come again below."""
    last = {key: index for index, part in enumerate(parts) for key in (_key(part), _key(part)[:2])}
    for index, part in enumerate(parts):
        time, line, day = _key(part)
        again = [(time, line, day), (time, line, None)] if day else [(time, line)]
        if not part.time or max(last.get(key, 0) for key in again) <= index:
            return index
        if part.blocks[1:]:
            return (
                index + 1
            )  # behind the last of a list comes what the page says before its updates
    return 0


def _key(part):
    """Return what two parts that are one update have in common; one of them may name no day."""
    moment = part.moment
    day = moment and moment.day
    return moment and moment.time, part.blocks[0].lines[0], day and (day.month, day.day)


def _is_same(part, other):
    """Whether a part with a headline is shown again: its time, its headline, some of its text."""
    if not (part.time and part.moment and other.moment):
        return False
    is_headline = len(part.blocks) > 1 and is_line(part.blocks[0])
    (time, line, day), (clock, same, date) = _key(part), _key(other)
    is_moment = time == clock and (day == date or not (day and date))
    texts = {block.text for block in other.blocks[1:]}
    is_text = any(block.text in texts for block in part.blocks[1:])
    return is_headline and is_moment and line == same and is_text


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
    """Whether each time is under its update's headline, as `published at 10:32` does."""
    if len(parts) < 2 or not above or any(not part.blocks for part in parts):
        return False
    lines_above = [above[-1], *(part.blocks[-1] for part in parts[:-1])]
    sure = sum(map(is_line, lines_above))
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


def is_line(block):
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
