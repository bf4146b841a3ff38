"""Rows of tables as lines: the stored text has no tables."""

from collections.abc import Iterable, Iterator

from .grammar import BOUNDARIES, CELLS, LISTS
from .tokens import Tag

# No space or comma alone, which would join figures, and no middle dot, which is a decimal point.
BETWEEN_CELLS = " | "
_ROW_ENDS = {"tr", "table", "thead", "tbody", "tfoot"}
_BREAKS = BOUNDARIES | LISTS | {"li", "blockquote", "br"}
_EMPTY = " \t\n\r\f\N{NO-BREAK SPACE}"


def rows_as_lines(tokens: Iterable[Tag | str]) -> list[Tag | str]:
    """Write each row of several filled cells as one paragraph: `Kursk | 1,214 | 3`.

    Other rows keep their blocks, as those round another table do: mail lays out pages in them.
    """
    out: list[Tag | str] = []
    row: int | None = None  # where the row begins that may become a line
    for token in tokens:
        name = token.name if isinstance(token, Tag) else ""
        if isinstance(token, Tag) and name in _ROW_ENDS and (name == "tr" or token.is_closing):
            _end_row(out, row)
            row = None
        elif name == "table":
            row = None
        out.append(token)
        if isinstance(token, Tag) and name == "tr" and not token.is_closing:
            row = len(out)
    _end_row(out, row)
    return out


def _end_row(out, row):
    if row is None:
        return
    cells = _cells_of(out[row:])
    if sum(map(_is_filled, cells)) > 1:
        out[row:] = _line(cells)


def _cells_of(tokens):
    cells: list[list[Tag | str]] = [[]]
    for token in tokens:
        if isinstance(token, Tag) and token.name in CELLS:
            if not token.is_closing:
                cells.append([])
        else:
            cells[-1].append(token)
    return cells if _is_filled(cells[0]) else cells[1:]


def _is_filled(cell):
    return any(
        token.name == "img" if isinstance(token, Tag) else bool(token.strip(_EMPTY))
        for token in cell
    )


def _line(cells) -> Iterator[Tag | str]:
    """Write the cells in a row; empty ones keep their place, but for those at the end."""
    last = max(index for index, cell in enumerate(cells) if _is_filled(cell))
    yield Tag("p", False, {})
    for index, cell in enumerate(cells):
        if 0 < index <= last:
            yield BETWEEN_CELLS
        for token in cell:
            is_break = isinstance(token, Tag) and token.name in _BREAKS
            yield " " if is_break else token
    yield Tag("p", True, {})
