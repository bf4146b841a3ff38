"""A live blog as plain text → its kicker, headline, introduction and updates.

Editors paste documents of one shape: what stands on top is known by its position,
an update by its headline. Nothing here knows Django or a database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time as time_of_day

from liveblog.interchange.document.captions import Picture, read_picture
from liveblog.interchange.document.header import Top
from liveblog.interchange.document.line_shapes import (
    MOST_IN_HEADLINE,
    ends_in_abbreviation,
    is_headline,
)
from liveblog.interchange.document.text import Block, DocumentError, Problem, blocks, decode, refuse
from liveblog.interchange.document.times import is_time, read_time
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

TIME, HEADLINE, PARAGRAPH = "time", "headline", "paragraph"


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `time` where the document gives one, `headline` empty under a bare time."""

    line: int
    headline: str
    paragraphs: tuple[str, ...]
    time: time_of_day | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A live blog as read; updates in the document's order."""

    headline: str
    kicker: str = ""
    standfirst: str = ""
    pictures: tuple[Picture, ...] = ()
    introduction: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    headline_line: int = 1


def parse(source: bytes | str) -> Document:
    """Read a document; raise DocumentError with every problem found, by line."""
    found = list(_part_times(blocks(decode(source))))
    if not found:
        raise DocumentError(Problem(1, Message(_("the document is empty"))))
    top = Top(found)
    body = found[top.position :]
    kinds = _kinds(body)
    refuse(_problems(body, kinds))
    introduction, pictures, updates = _sections(body, kinds)
    return Document(
        headline=top.headline.text,
        kicker=top.kicker,
        standfirst=top.standfirst,
        pictures=(*top.pictures, *pictures),
        introduction=introduction,
        updates=updates,
        headline_line=top.headline.line,
    )


def _part_times(found: list[Block]) -> Iterator[Block]:
    """Make a block of its own of a time that stands on the first line of another."""
    for block in found:
        if len(block.lines) > 1 and read_time(block.lines[0]):
            yield Block(block.line, block.lines[:1])
            yield Block(block.line + 1, block.lines[1:])
        else:
            yield block


def _kinds(body: list[Block]) -> list[str]:
    """Say of each block whether it is a time, a headline or a paragraph."""
    kinds: list[str] = []
    for index, block in enumerate(body):
        kinds.append(_kind(block, kinds[-1] if kinds else None))
        is_doubtful = kinds[-1] == HEADLINE and ends_in_abbreviation(block.text)
        if is_doubtful and not _stands_as_headline(body, index, kinds):
            kinds[-1] = PARAGRAPH
    return kinds


def _kind(block, before):
    if is_time(block):
        return TIME
    if len(block.lines) > 1 or len(block.text) > MOST_IN_HEADLINE:
        return PARAGRAPH
    return HEADLINE if before == TIME or is_headline(block.text) else PARAGRAPH


def _stands_as_headline(body, index, kinds):
    """Whether `… in the U.S.` has a headline's place; else it ends a paragraph's sentence."""
    before = kinds[index - 1] if index else None
    after = body[index + 1] if index + 1 < len(body) else None
    if before == TIME:
        return True
    if before == HEADLINE or after is None:
        return False
    return _kind(after, HEADLINE) == PARAGRAPH or ends_in_abbreviation(after.text)


_FOLLOWS = {
    None: _(
        "the end follows the headline “%(headline)s”; "
        "an update needs a paragraph, and a paragraph ends in a full stop"
    ),
    TIME: _(
        "a time follows the headline “%(headline)s”; "
        "an update needs a paragraph, and a paragraph ends in a full stop"
    ),
}
_ANOTHER_FOLLOWS = _(
    "another headline follows the headline “%(headline)s”; "
    "an update needs a paragraph, and a paragraph ends in a full stop"
)


def _problems(body, kinds) -> Iterator[Problem]:
    for block, kind, after in zip(body, kinds, [*kinds, None][1:], strict=True):
        if kind == TIME and after in {TIME, None}:
            words = _("no update follows the time “%(time)s”")
            yield Problem(block.line, Message(words, time=block.text))
        if kind == HEADLINE and after != PARAGRAPH:
            words = _FOLLOWS.get(after, _ANOTHER_FOLLOWS)
            yield Problem(block.line, Message(words, headline=block.text))


def _sections(body, kinds):
    """Return the introduction, its pictures, and the updates."""
    starts = [
        index
        for index, kind in enumerate(kinds)
        if kind == TIME or (kind == HEADLINE and kinds[index - 1 : index] != [TIME])
    ]
    first = starts[0] if starts else len(body)
    introduction, pictures = _prose(body[:first])
    ends = [*starts[1:], len(body)]
    updates = [
        _update(body[a:b], kinds[a:b]) for a, b in zip(starts, ends, strict=False) if a < len(body)
    ]
    return introduction, pictures, tuple(updates)


def _update(section, kinds):
    line = section[0].line
    moment = read_time(section[0].text) if kinds[0] == TIME else None
    texts = section[1:] if kinds[0] == TIME else section
    headline = texts[0].text if HEADLINE in kinds else ""
    paragraphs, pictures = _prose(texts[1:] if headline else texts)
    return Update(line, headline, paragraphs, moment, pictures)


def _prose(section):
    """Part paragraphs from pictures, known here by their doubled line."""
    paragraphs, pictures = [], []
    for block in section:
        picture = read_picture(block) if len(block.lines) > 1 else None
        if picture and picture.alt == picture.caption:
            pictures.append(picture)
        else:
            paragraphs.append(block.text)
    return tuple(paragraphs), tuple(pictures)
