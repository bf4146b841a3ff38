"""Pictures in a document: alternative text, caption and the credit glued to its end."""

from dataclasses import dataclass

from .line_shapes import ends_in_full_stop, split_credit
from .text import Block

MOST_IN_ALT = 500
MOST_IN_CAPTION = 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the document has it: no file, the words alone."""

    line: int
    alt: str
    caption: str
    credit: str


def read_picture(block: Block) -> Picture | None:
    """Read a caption with its credit glued on, after the alternative text if there is one."""
    size = sum(map(len, block.lines))
    parts = split_credit(block.lines[-1]) if size <= MOST_IN_ALT + MOST_IN_CAPTION else None
    if not parts:
        return None
    last, credit = parts
    alt, caption = _part_alt([*block.lines[:-1], last])
    if len(alt) > MOST_IN_ALT or len(caption) > MOST_IN_CAPTION:
        return None
    return Picture(block.line, alt, caption, credit)


def is_picture(block: Block) -> bool:
    return read_picture(block) is not None


def _part_alt(lines: list[str]) -> tuple[str, str]:
    """Part alternative text from caption; wrapped lines belong together."""
    cut = _alt_length(lines)
    return " ".join(lines[:cut]), " ".join(lines[cut:])


def _alt_length(lines):
    """Return how many of the lines before a caption's last are alternative text."""
    for cut in range(1, len(lines)):
        if " ".join(lines[:cut]) == " ".join(lines[cut:]):
            return cut
    ended = [cut for cut in range(1, len(lines)) if ends_in_full_stop(lines[cut - 1])]
    if ended:
        return ended[-1]
    return 1 if len(lines) > 1 and not lines[1][:1].islower() else 0
