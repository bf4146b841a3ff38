"""Where one update ends and the next begins."""

from dataclasses import dataclass

from .blocks import Block
from .times import Moment


@dataclass(frozen=True, slots=True)
class Part:
    """A time and the blocks up to the next."""

    time: Block | None
    blocks: list[Block]
    moment: Moment | None
    writer: Block | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One update's blocks, its headline and its time taken off; `line` is where it begins."""

    line: int
    headline: str
    body: list[Block]
    moment: Moment | None = None
    headline_line: int = 0
    writer: Block | None = None
