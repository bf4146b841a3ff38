"""A live blog as plain text → its kicker, headline, introduction and updates.

Editors paste documents of one shape: what stands on top is known by its position,
an update by its headline. Nothing here knows Django or a database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time as time_of_day

from .captions import Picture, is_picture, read_picture
from .shape import MOST_IN_HEADLINE as MOST_IN_UPDATE_HEADLINE
from .shape import ends_in_abbreviation, ends_in_full_stop, is_headline, is_updated
from .text import Block, DocumentError, Problem, blocks, decode, refuse
from .times import read_time
from .told import Told
from .told import gettext_noop as _

MOST_IN_KICKER = 30
MOST_IN_HEADLINE = 300
MOST_IN_STANDFIRST = 1000

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
        raise DocumentError(Problem(1, Told(_("the document is empty"))))
    top = _Top(found)
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


class _Top:
    """What stands above the updates, read block by block from the first."""

    def __init__(self, found: list[Block]):
        self.found = found
        self.position = 0
        self.standfirst = ""
        self.pictures: list[Picture] = []
        self.kicker = self._read_kicker()
        self.headline = self._read_headline()
        self._skip_updated()
        self._read_standfirst()
        self._skip_updated()
        while self._read_picture():
            pass
        self._skip_updated()

    def _peek(self, ahead=0) -> Block | None:
        index = self.position + ahead
        return self.found[index] if index < len(self.found) else None

    def _read_kicker(self):
        text, size = self._peek().lines[0], 0
        while self._peek(size) and _says(self._peek(size), text):
            size += 1
        headline = self._peek(size)
        if not size or len(text) > MOST_IN_KICKER or not headline or _is_time(self._peek()):
            return ""
        is_doubled = size > 1 or len(self._peek().lines) > 1
        if _is_time(headline) or is_updated(headline.text):
            return ""
        if not is_doubled and not self._over(text):
            return ""
        self.position = size
        return text

    def _over(self, kicker):
        """Whether what follows a short first line is the headline."""
        headline, third = self._peek(1), self._peek(2)
        if len(headline.text) <= len(kicker):
            return False
        is_sure = third is not None and is_updated(third.text)
        return is_sure or not (ends_in_full_stop(headline.text) or is_picture(headline))

    def _read_headline(self):
        block = self._peek()
        if _is_time(block):
            words = _("a time stands where the headline should be")
            raise DocumentError(Problem(block.line, Told(words)))
        if len(block.text) > MOST_IN_HEADLINE:
            words = _(
                "the headline should be here; this has %(count)d characters, "
                "and a headline %(most)d at most"
            )
            told = Told(words, count=len(block.text), most=MOST_IN_HEADLINE)
            raise DocumentError(Problem(block.line, told))
        self.position += 1
        return block

    def _skip_updated(self):
        block = self._peek()
        if block and is_updated(block.text):
            self.position += 1

    def _read_standfirst(self):
        block = self._peek()
        if not block or _is_time(block) or ends_in_full_stop(block.text):
            return
        if len(block.text) <= MOST_IN_STANDFIRST and not is_picture(block):
            self.standfirst = block.text
            self.position += 1

    def _read_picture(self):
        block, following = self._peek(), self._peek(1)
        if not block or _is_time(block):
            return False
        picture = read_picture(block)
        size = 1
        if not picture and following and self._is_alt(block, read_picture(following)):
            caption = read_picture(following)
            picture = Picture(block.line, block.text, caption.caption, caption.credit)
            size = 2
        if not picture:
            return False
        self.pictures.append(picture)
        self.position += size
        return True

    def _is_alt(self, block, picture):
        if not picture or picture.alt:
            return False
        is_line = len(block.lines) == 1 and not ends_in_full_stop(block.text)
        return block.text == picture.caption or (bool(self.standfirst) and is_line)


def _part_times(found: list[Block]) -> Iterator[Block]:
    """Make a block of its own of a time that stands on the first line of another."""
    for block in found:
        if len(block.lines) > 1 and read_time(block.lines[0]):
            yield Block(block.line, block.lines[:1])
            yield Block(block.line + 1, block.lines[1:])
        else:
            yield block


def _says(block, text):
    """Whether each line of the block says this, in whatever case."""
    return all(line.casefold() == text.casefold() for line in block.lines)


def _is_time(block):
    return len(block.lines) == 1 and read_time(block.text) is not None


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
    if _is_time(block):
        return TIME
    if len(block.lines) > 1 or len(block.text) > MOST_IN_UPDATE_HEADLINE:
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
            yield Problem(block.line, Told(words, time=block.text))
        if kind == HEADLINE and after != PARAGRAPH:
            words = _FOLLOWS.get(after, _ANOTHER_FOLLOWS)
            yield Problem(block.line, Told(words, headline=block.text))


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
