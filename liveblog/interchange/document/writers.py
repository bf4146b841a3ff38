"""Whose update it is, where the page says so by a name alone: above its time or under it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from .blocks import Block
from .bylines import is_role, read_plain_names
from .line_shapes import ends_in_full_stop
from .sections import Part

_MOST_WORDS_IN_PLACE = 3


def with_writers(
    above: list[Block], parts: list[Part], known: Iterable[str] = ()
) -> tuple[list[Block], list[Part], list[Block]]:
    """Give each update its writer; return names that are above the time and under it, too.

    `known` are the names of the page's own byline.
    """
    if _is_writer_above(above, parts):
        above, parts = _with_writers_above(above, parts)
        return above, parts, []
    if not _is_writer_first(parts):
        has_clean_headlines = any(len(part.blocks[0].lines) == 1 for part in parts if part.blocks)
        names = {name for part in parts if has_clean_headlines for name in _name_over(part)}
        names |= set(known)
        return above, [_with_known_writer(part, names) for part in parts], []
    parts = [_with_writer_first(part) for part in parts]
    return above, parts, _take_names_above(above, parts)


def _name_over(part):
    """Return the name between a time and the update's headline, which has no such capitals."""
    if not part.blocks or not _has_name_first(part) or not _has_headline_second(part):
        return ()
    first = part.blocks[0]
    is_over = len(first.lines) == 2 and first.is_attached
    name = replace(first, lines=first.lines[:1])
    return first.lines[:1] if is_over and is_writer_below(name, first.lines[1]) else ()


def _with_known_writer(part, known):
    """Take off the name of one who writes the page, before the text or behind it."""
    if _has_name_first(part) and part.blocks[0].lines[0] in known:
        return _with_writer_first(part)
    last = part.blocks[-1]
    if len(part.blocks) > 1 and not last.mark and last.text in known:
        return replace(part, writer=last, blocks=part.blocks[:-1])
    return part


def is_writer_below(block: Block, headline: str) -> bool:
    """Whether a full name is under a headline whose own words are not all capitalised."""
    if len(block.lines) > 1 or block.mark or len(block.text.split()) > 3:
        return False
    words = [word for word in headline.split() if word[0].isalpha()]
    capital = sum(word[0].isupper() for word in words)
    is_titled = capital > len(words) * 0.6
    return not is_titled and len(read_plain_names(block.text)) == 1


def _is_writer_above(above, parts):
    """Whether the writer's name is above each time."""
    lines_above = [*above[-1:], *(part.blocks[-1] for part in parts[:-1])]
    return (
        len(parts) > 1
        and len(lines_above) == len(parts)
        and all(len(block.lines) == 1 and not block.mark for block in lines_above)
        and all(len(read_plain_names(block.text)) == 1 for block in lines_above)
        and all(len(part.blocks) > 1 for part in parts[:-1])
    )


def _with_writers_above(above, parts):
    """Move each name to the update below it."""
    moved: list[Part] = []
    for part in parts:
        name = (moved[-1].blocks if moved else above).pop()
        moved.append(_without_name_again(replace(part, writer=name)))
    return above, moved


def _without_name_again(part):
    """Take off the name under the time that is above it, too, with the post under it."""
    first = part.blocks[0]
    if first.lines[0] != part.writer.text or not _has_name_first(part):
        return part
    return _with_writer_first(part)


def _is_writer_first(parts):
    """Whether names are between the times and what follows.

    A headline may look like a name: `Storm Warning`. So it takes half of the updates, and
    in half of those a post or a headline follows, or the name is one that comes again.
    """
    named = [part for part in parts if _has_name_first(part)]
    names = [part.blocks[0].lines[0] for part in named]
    counted = Counter(names)
    sure = [
        part
        for part, name in zip(named, names, strict=True)
        if counted[name] > 1
        or _has_role_second(part)
        or _has_headline_second(part)
        or _is_time_behind(part)
    ]
    return len(named) > 1 and len(named) * 2 >= len(parts) and len(sure) * 2 >= len(named)


def _has_name_first(part):
    first = part.blocks[0]
    is_inline = first.is_inline and not _is_time_behind(part)
    if first.mark or is_inline or not read_plain_names(first.lines[0]):
        return False
    return len(part.blocks) > 1 or len(first.lines) > 1


def _is_time_behind(part):
    """Whether the time is behind the name on one line, as in a chat."""
    return part.time is not None and part.time.text.startswith(part.blocks[0].lines[0])


def _has_headline_second(part):
    """Whether another headline follows the name, and then a text."""
    first, *rest = part.blocks
    lines = [*first.lines[1:2], *(block.text for block in rest)]
    if _place_or_role(part):
        lines = lines[1:]
    return len(lines) > 1 and not ends_in_full_stop(lines[0]) and ends_in_full_stop(lines[1])


def _has_role_second(part):
    lines = part.blocks[0].lines
    return len(lines) == 2 and is_role(lines[1])


def _with_writer_first(part):
    """Take the name off, with the writer's place or post under it."""
    if not _has_name_first(part):
        return part
    first, rest = part.blocks[0], part.blocks[1:]
    size = 2 if _place_or_role(part) else 1
    if first.lines[size:]:
        rest = [replace(first, line=first.line + size, lines=first.lines[size:]), *rest]
    return replace(part, writer=replace(first, lines=first.lines[:size]), blocks=rest)


def _place_or_role(part):
    """Whether the line under the name says where the writer is, or what."""
    first = part.blocks[0]
    if len(first.lines) != 2 or len(part.blocks) < 2:
        return False
    line = first.lines[1]
    words = line.split()
    is_place = len(words) <= _MOST_WORDS_IN_PLACE and all(word[0].isupper() for word in words)
    return is_role(line) or (is_place and len(part.blocks) > 2 and not ends_in_full_stop(line))


def _take_names_above(above, parts):
    """Take the names off that are above a time and come again under it."""
    taken = []
    for before, part in zip([above, *(part.blocks for part in parts)], parts, strict=False):
        is_same = part.writer and before and before[-1].text == part.writer.lines[0]
        if is_same and (before is above or len(before) > 1):
            taken.append(before.pop())
    return taken
