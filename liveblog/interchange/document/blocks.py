"""Lines of a document that belong together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .lines import Kind, Line
from .times import Moment


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text that belong together, or one line of another kind; `line` is the first's.

    `is_attached` says that no blank line parts it from what is above, `is_inline` that it
    is on the line of its update's time.
    """

    line: int
    lines: tuple[str, ...]
    kind: Kind = Kind.TEXT
    moment: Moment | None = None
    mark: str = ""
    is_attached: bool = False
    is_inline: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def blocks(lines: Iterable[Line]) -> list[Block]:
    """Put together lines of text that no blank line or other kind of line parts."""
    found: list[Block] = []
    wrapped: list[str] = []  # the lines of the last block, while it may have more
    is_attached = False
    for line in lines:
        if wrapped and line.kind == Kind.TEXT and not line.mark:
            wrapped.append(line.text)
            continue
        _close(found, wrapped)
        wrapped = []
        if line.kind in {Kind.BLANK, Kind.BOILERPLATE, Kind.RELATIVE}:
            is_attached = False
            continue
        if line.kind != Kind.TEXT:
            found.append(Block(line.number, (line.text,), line.kind, line.moment))
        text = line.text if line.kind == Kind.TEXT else line.rest
        if text:
            is_inline = line.kind != Kind.TEXT
            block = Block(line.number, (text,), mark=line.mark, is_inline=is_inline)
            found.append(replace(block, is_attached=is_attached and not is_inline))
            wrapped = [] if line.mark else [text]
        is_attached = True
    _close(found, wrapped)
    return found


def _close(found, wrapped):
    if len(wrapped) > 1:
        found[-1] = replace(found[-1], lines=tuple(wrapped))
