"""Pictures in a document: alternative text, caption and credit."""

from dataclasses import dataclass

from .blocks import Block
from .credits import (
    MOST_IN_CREDIT,
    clean_credit,
    is_credit_line,
    split_credit,
    split_glued_credit,
    split_top_credit,
)
from .line_shapes import SPACES, ends_in_full_stop
from .phrases import phrase_at_start

MOST_IN_ALT = 500
MOST_IN_CAPTION = 1000
_MOST_LINES = 12
_COMMAS = {",", "،", "、", "，"}
_LABEL_SIGNS = {*_COMMAS, ":", "："}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the document has it: no file, the words alone."""

    line: int
    alt: str
    caption: str
    credit: str


def read_picture(block: Block) -> Picture | None:
    """Read a picture at a document's top, where its place allows any form of credit."""
    if block.mark or not _fits(block):
        return None
    by_form = _labelled(block) or _doubled(block)
    return by_form or _captioned(block, _split_any) or _with_credit_line(block)


def read_update_picture(block: Block) -> Picture | None:
    """Read a picture among an update's paragraphs: known by its doubled line or its credit."""
    if block.mark or not _fits(block):
        return None
    by_form = _labelled(block) or _doubled(block)
    if by_form:
        return by_form
    if len(block.lines) > 2:
        return None
    found = _captioned(block, split_credit)
    if not found and len(block.lines) == 2 and "/" in block.lines[1]:
        found = _with_credit_line(block)
    return found if found and found.caption else None


def is_picture(block: Block) -> bool:
    return read_picture(block) is not None


def _fits(block):
    size = sum(map(len, block.lines))
    return size <= MOST_IN_ALT + MOST_IN_CAPTION and len(block.lines) <= _MOST_LINES


def _split_any(text):
    return split_credit(text) or split_glued_credit(text) or split_top_credit(text)


def _labelled(block):
    """Read alternative text, `Image source, AP` and `Image caption,` with the caption behind it."""
    alt: list[str] = []
    found: dict[str, list[str]] = {}
    into = alt
    for line in block.lines:
        label, rest = _label(line)
        if label:
            into = found.setdefault(label, [])
        into += [rest] if rest else []
    credit = " ".join(found.get("photo", ()))
    caption = found.get("caption") or (alt if credit else [])
    is_sentence = "caption" not in found and ends_in_full_stop(credit)
    if not found or is_sentence or len(credit) > MOST_IN_CREDIT:
        return None
    return _picture(block, " ".join(alt), " ".join(caption), clean_credit(credit))


def _label(line):
    """Part a label that a comma or a colon follows from what is behind it."""
    for table in ("caption", "photo"):
        end = phrase_at_start(line, table)
        sign = line[end:].lstrip()[:1] if end else ""
        signs = _LABEL_SIGNS if table == "caption" else _COMMAS
        if sign in signs and not line[0].islower():
            return table, line[end:].lstrip()[1:].strip()
    return "", line


def _doubled(block):
    """Read alternative text and the same again as the caption, with a credit or without."""
    for cut in range(1, len(block.lines)):
        alt, rest = " ".join(block.lines[:cut]), " ".join(block.lines[cut:])
        if rest.startswith(alt) and _is_credit(rest[len(alt) :]):
            return _picture(block, alt, alt, clean_credit(rest[len(alt) :]))
        stem = alt.rstrip(".")
        if stem and rest.startswith(stem) and _is_credit(rest[len(stem) :].lstrip(".")):
            return _picture(block, alt, alt, clean_credit(rest[len(stem) :].lstrip(".")))
    return None


def _is_credit(rest):
    """Whether what follows a repeated caption may be its credit; nothing may, too."""
    return len(rest) <= 100 and not rest.strip(SPACES).endswith((".", "。", ":", "?"))


def _captioned(block, split):
    """Read a caption whose last line ends in a credit."""
    parts = split(block.lines[-1])
    if not parts or not _is_caption(block.lines[:-1], parts[0]):
        return None
    alt, caption = _part_alt([*block.lines[:-1], parts[0]])
    return _picture(block, alt, caption, parts[1])


def _is_caption(lines, last):
    return bool(lines or last)


def _with_credit_line(block):
    """Read a caption above a line that is its credit: `Getty Images`."""
    if len(block.lines) < 2 or not is_credit_line(block.lines[-1]):
        return None
    alt, caption = _part_alt([*block.lines[:-1]])
    return _picture(block, alt, caption, clean_credit(block.lines[-1]))


def _picture(block, alt, caption, credit):
    if len(alt) > MOST_IN_ALT or len(caption) > MOST_IN_CAPTION or not caption:
        return None
    return Picture(block.line, alt, caption, credit)


def _part_alt(lines: list[str]) -> tuple[str, str]:
    """Part alternative text from caption; wrapped lines belong together."""
    lines = [line for line in lines if line]
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
