"""A plain-text document of a live blog → what it says, by its shape alone; no Django.

The top is read by position: kicker, headline, `Updated…`, standfirst, pictures,
introduction. Then come updates: a headline, perhaps a time before it, and paragraphs.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import time

from .sources import Cited, find_sources
from .text import Block, DocumentError, Problem, ends_in_full_stop, is_quoted, read_blocks
from .times import ClockTime, read_time_line

KICKER, HEADLINE, UPDATE_HEADLINE = 30, 300, 140  # characters at most
MOST_PROBLEMS = 20  # told at once
STANDFIRST, CAPTION, ALT = 1000, 1000, 500

_CREDIT = re.compile(
    r"(?P<caption>.*[.!?…。।][\"'”’»)\]]*)"
    r"(?P<credit>[^\W\d_a-z][^.!?…。।]{0,39})\Z",
    re.DOTALL,
)
_INITIAL = re.compile(r"\b[^\W\d_]\.\Z")  # as in “the U.S”
_UPDATED = re.compile(
    r"(?:last\s+)?(?:updated|actualizad[oa]|оновлено|mis à jour|aktualisiert)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MOMENT_WORD = re.compile(
    r"\d[\d:.,/hH-]*(?:st|nd|rd|th|am|pm)?|[ap]\.?m\.?|at|on|the|of|de|del|las|a|h|hrs|"
    r"today|yesterday|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)\w*|[A-Z]{2,5}(?:[+-]\d+)?|[-–—|·,:]+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PictureText:
    """A picture's words: the document has no file of it."""

    caption: str
    credit: str
    alt: str = ""
    line: int = 0


@dataclass(frozen=True)
class UpdateText:
    """One update as the document tells it, `at` its time of day where the document says it."""

    headline: str
    paragraphs: tuple[str, ...]
    at: ClockTime | None = None
    sources: tuple[Cited, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Document:
    """A whole document; updates in its own order."""

    headline: str
    kicker: str = ""
    standfirst: str = ""
    pictures: tuple[PictureText, ...] = ()
    introduction: tuple[str, ...] = ()
    updates: tuple[UpdateText, ...] = field(default=())

    @property
    def times(self) -> list[time | None]:
        return [update.at and update.at.time for update in self.updates]


def read_document(data: bytes | str) -> Document:
    """Read a document; raises `DocumentError` with a line and a reason for each problem."""
    blocks = read_blocks(data)
    if not blocks:
        raise DocumentError([Problem(1, "the document is empty")])
    top, rest = _read_top(blocks)
    introduction, updates, problems = _read_updates(rest)
    problems = [*_too_long(top), *problems]
    if problems:
        raise DocumentError(sorted(problems))
    return replace(top.document, introduction=introduction, updates=updates)


# -- the top


@dataclass
class _Top:
    document: Document
    lines: dict[str, int]


def _read_top(blocks: list[Block]) -> tuple[_Top, list[Block]]:
    kicker, blocks = _take_kicker(blocks)
    headline, rest = blocks[0], blocks[1:]
    lines = {"headline": headline.line}
    if rest and _is_updated(rest[0]):
        rest = rest[1:]
    standfirst = ""
    if rest and _is_standfirst(rest):
        standfirst, lines["standfirst"] = rest[0].text, rest[0].line
        rest = rest[1:]
    if rest and _is_updated(rest[0]):
        rest = rest[1:]
    pictures = []
    while rest and (taken := _take_picture(rest)):
        picture, rest = taken
        pictures.append(picture)
    document = Document(headline.text, kicker, standfirst, tuple(pictures))
    return _Top(document, lines), rest


def _take_kicker(blocks):
    """Take one short line, once or twice, that stands above a longer headline."""
    first = blocks[0].lines[0]
    copies = 2 if blocks[0].lines[1:2] == (first,) else 1
    if len(blocks[0].lines) > copies and copies == 2:
        rest = [blocks[0].without_lines(2), *blocks[1:]]
    elif len(blocks[0].lines) == copies:
        rest = blocks[1:]
        if copies == 1 and rest and rest[0].lines == (first,):
            rest = rest[1:]
    else:
        return "", blocks
    is_kicker = (
        len(first) <= KICKER
        and rest
        and len(first) < len(rest[0].text) <= HEADLINE
        and not _is_updated(rest[0])
        and not ends_in_full_stop(rest[0].text)
        and not _has_credit(rest[0])
        and read_time_line(rest[0].lines[0]) is None
    )
    return (first, rest) if is_kicker else ("", blocks)


def _is_updated(block: Block) -> bool:
    found = _UPDATED.match(block.text)
    if not found or len(block.text) > 80:
        return False
    words = found["rest"].replace("(", " ").replace(")", " ").split()
    return all(
        _MOMENT_WORD.fullmatch(word.strip(",.;:")) or not word.strip(",.;:") for word in words
    )


def _is_standfirst(rest: list[Block]) -> bool:
    block = rest[0]
    return (
        not ends_in_full_stop(block.text)
        and not _has_credit(block)
        and not _is_alt_of(block, rest[1:2])
        and read_time_line(block.lines[0]) is None
    )


def _has_credit(block: Block) -> bool:
    return _split_credit(block.text) is not None


def _split_credit(text: str) -> tuple[str, str] | None:
    found = _CREDIT.fullmatch(text)
    if not found or not ends_in_full_stop(found["caption"], any_mark=True):
        return None
    if _INITIAL.search(found["caption"]):
        return None
    return found["caption"], found["credit"].rstrip()


def _is_alt_of(block: Block, following: list[Block]) -> bool:
    split = _split_credit(following[0].lines[-1]) if following else None
    return bool(split) and _same_words(block.text, split[0])


def _same_words(one: str, other: str) -> bool:
    return one.rstrip(".").casefold() == other.rstrip(".").casefold()


def _take_picture(rest: list[Block]) -> tuple[PictureText, list[Block]] | None:
    if _is_alt_of(rest[0], rest[1:2]):
        caption, credit = _split_credit(rest[1].text)
        return PictureText(caption, credit, rest[0].text, rest[0].line), rest[2:]
    if not _has_credit(rest[0]):
        return None
    alt, caption_lines = _split_alt(rest[0].lines)
    caption, credit = _split_credit(" ".join(caption_lines))
    return PictureText(caption, credit, alt, rest[0].line), rest[1:]


def _split_alt(lines: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Part a line of alternative text from the caption, which may be wrapped."""
    for count in range(1, len(lines)):
        split = _split_credit(" ".join(lines[count:]))
        if split and _same_words(" ".join(lines[:count]), split[0]):
            return " ".join(lines[:count]), lines[count:]
    if len(lines) > 1 and not lines[1][:1].islower() and _split_credit(" ".join(lines[1:])):
        return lines[0], lines[1:]
    return "", lines


def _too_long(top: _Top) -> list[Problem]:
    document, problems = top.document, []
    if len(document.headline) > HEADLINE:
        reason = f"the headline has {len(document.headline)} characters, the most is {HEADLINE}"
        problems.append(Problem(top.lines["headline"], reason))
    if len(document.standfirst) > STANDFIRST:
        reason = f"the standfirst has more than {STANDFIRST} characters"
        problems.append(Problem(top.lines["standfirst"], reason))
    return problems + [
        Problem(picture.line, "the picture's caption is too long")
        for picture in document.pictures
        if len(picture.caption) > CAPTION or len(picture.alt) > ALT
    ]


# -- the introduction and the updates


@dataclass
class _Open:
    """The update that is being read."""

    line: int
    headline: str
    at: ClockTime | None
    paragraphs: list[str] = field(default_factory=list)

    def close(self) -> UpdateText:
        return UpdateText(
            self.headline,
            tuple(self.paragraphs),
            self.at,
            tuple(find_sources(self.paragraphs)),
            self.line,
        )


def _read_updates(blocks: list[Block]):
    introduction: list[str] = []
    updates: list[_Open] = []
    problems: list[Problem] = []
    for block, at in _with_times(blocks, problems):
        last = updates[-1] if updates else None
        if len(problems) >= MOST_PROBLEMS:
            break
        if at or _is_headline(block):
            if last and not last.paragraphs:
                problems.append(_no_paragraph(last, block.line))
            updates.extend(_begin(block, at))
        elif last:
            last.paragraphs.append(block.text)
        else:
            introduction.append(block.text)
    if updates and not updates[-1].paragraphs and len(problems) < MOST_PROBLEMS:
        problems.append(_no_paragraph(updates[-1], None))
    return tuple(introduction), tuple(each.close() for each in updates), problems


def _with_times(blocks, problems):
    """Pair each block with the time line before it, a block of its own or its first line."""
    pending: tuple[ClockTime, int] | None = None
    for block in blocks:
        at = read_time_line(block.lines[0])
        if at is None:
            yield block, pending and pending[0]
            pending = None
            continue
        if pending:
            problems.append(Problem(pending[1], "the time is not followed by an update"))
        pending = (at, block.line)
        if len(block.lines) > 1:
            yield block.without_lines(1), at
            pending = None
    if pending:
        problems.append(Problem(pending[1], "the time is not followed by an update"))


def _begin(block, at):
    """Open an update: with this headline, or with its text alone where that is too long for one."""
    if at and len(block.lines) > 1 and _looks_like_headline(block.lines[0]):
        rest = " ".join(block.lines[1:])
        return [_Open(block.line, block.lines[0], at, [rest])]
    if at and len(block.text) > UPDATE_HEADLINE:
        return [_Open(block.line, "", at, [block.text])]
    return [_Open(block.line, block.text, at)]


def _is_headline(block: Block) -> bool:
    return len(block.lines) == 1 and _looks_like_headline(block.text)


def _looks_like_headline(text: str) -> bool:
    return (
        len(text) <= UPDATE_HEADLINE
        and not ends_in_full_stop(text)
        and not is_quoted(text)
        and not text.endswith((":", "："))
    )


def _no_paragraph(update: _Open, next_line: int | None) -> Problem:
    told = f"another in line {next_line}" if next_line else "the end of the document"
    return Problem(
        update.line, f"the heading “{update.headline}” is followed by {told}, not by text"
    )
