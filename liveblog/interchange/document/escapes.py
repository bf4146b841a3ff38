r"""A paragraph that looks like anything else: `\10:30` is text, and no time."""

from .blocks import Block
from .bylines import read_bylines
from .captions import read_update_picture
from .credits import is_lone_credit
from .lines import ESCAPE, Kind, read_lines


def escaped(paragraph: str) -> str:
    """Return a paragraph of one line so that it is read as text in any place."""
    return f"{ESCAPE}{paragraph}" if _looks_otherwise(paragraph) else paragraph


def _looks_otherwise(paragraph):
    line = read_lines(paragraph, {})[0]
    return (
        paragraph.startswith(ESCAPE)
        or line.kind not in {Kind.TEXT, Kind.BLANK}
        or bool(read_bylines(paragraph))
        or is_lone_credit(paragraph)
        or read_update_picture(Block(1, (paragraph,))) is not None
    )
