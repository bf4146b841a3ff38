"""The title of a document: its kicker, topics and headline."""

from dataclasses import replace

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from . import vocabulary
from .block_cursor import BlockCursor
from .blocks import Block
from .bylines import read_bylines
from .captions import is_picture
from .line_shapes import ends_in_full_stop, is_address, is_list_item
from .lines import Kind, Mark
from .text import DocumentError, Problem

MOST_IN_KICKER = 30
MOST_IN_HEADLINE = 300
MOST_IN_STANDFIRST = 1000

ABOVE = _("kicker or topic")
TITLE = _("headline of the story")


class Title(BlockCursor):
    """The first blocks of a document; `is_timed` says whether times divide its updates."""

    def __init__(self, found: list[Block], *, is_timed: bool):
        super().__init__(_with_kicker_apart(found))
        self._sections_above = _lines_above_headline(found[0]) if len(found[0].lines) > 2 else 0
        self.is_timed = is_timed
        self.kicker = ""
        self.topics: list[str] = []

    def read_title(self):
        marked = next((i for i, each in enumerate(self.found) if each.mark == Mark.TITLE), None)
        if marked is None and self._sections_above > 1:
            self._read_above(self.position + self._sections_above)
        elif marked is None:
            self.kicker = self._read_kicker()
            self.topics = self._read_topics()
        else:
            self._read_above(marked)
        self.headline = self._read_headline()

    def _read_above(self, marked):
        """Read what is above a headline that is known: one that the editor marked."""
        above = [each.lines[0] for each in self.found[self.position : marked]]
        short = list(dict.fromkeys(line for line in above if len(line) <= MOST_IN_KICKER))
        self.kicker, self.topics = "".join(short[:1]), short[1:]
        self.advance(marked - self.position, ABOVE)

    def _read_kicker(self):
        if self.peek().kind != Kind.TEXT or self.peek().mark:
            return ""
        text, size = self.peek().lines[0], 0
        while self.is_text(size) and _says(self.peek(size), text):
            size += 1
        if not size or len(text) > MOST_IN_KICKER:
            return ""
        is_doubled = size > 1 or len(self.peek().lines) > 1
        if not self.is_text(size) or not (is_doubled or self._over(text)):
            return ""
        self.advance(size, ABOVE)
        return text

    def _over(self, kicker):
        """Whether what follows a short first line is the headline."""
        headline, third = self.peek(1), self.peek(2)
        if len(headline.text) <= len(kicker) or read_bylines(headline.text):
            return False
        is_sure = third.kind == Kind.UPDATED
        return is_sure or not (ends_in_full_stop(headline.text) or is_picture(headline))

    def _read_topics(self):
        """Read a second short line above the headline, where a headline and more come after it."""
        line, headline, third, fourth = (self.peek(ahead) for ahead in range(4))
        if not (self.kicker and self.is_text(0) and self.is_text(1)):
            return []
        is_short = len(line.text) <= MOST_IN_KICKER and len(line.lines) == 1
        is_over = len(headline.text) > MOST_IN_KICKER and not ends_in_full_stop(headline.text)
        is_followed = third.kind == Kind.UPDATED or (
            self.may_be_standfirst(third) and (self.is_timed or self._is_known(fourth))
        )
        if not (is_short and is_over and is_followed) or read_bylines(line.text):
            return []
        self.advance(1, ABOVE)
        return [line.text]

    def _is_known(self, block):
        return block.kind == Kind.UPDATED or is_picture(block)

    def _read_headline(self):
        block = self.peek()
        if block.kind == Kind.BLANK:
            raise DocumentError(Problem(1, Message(_("the document has no headline"))))
        if block.kind == Kind.TIME:
            words = _("a time stands where the headline should be")
            raise DocumentError(Problem(block.line, Message(words)))
        if len(block.text) > MOST_IN_HEADLINE:
            words = _(
                "the headline should be here; this has %(count)d characters, "
                "and a headline %(most)d at most"
            )
            message = Message(words, count=len(block.text), most=MOST_IN_HEADLINE)
            raise DocumentError(Problem(block.line, message))
        self.advance(1, TITLE)
        return replace(block, lines=(block.text.removeprefix("# "),))  # a heading of Markdown

    def may_be_standfirst(self, block):
        return (
            block.kind == Kind.TEXT
            and not block.mark
            and not ends_in_full_stop(block.text)
            and len(block.text) <= MOST_IN_STANDFIRST
            and not is_list_item(block.lines[0])
            and vocabulary.fold(block.text) not in vocabulary.words("heading")
            and not is_address(block.lines[0])
            and not block.text.rstrip().endswith((":", "："))
            and not is_picture(block)
            and not self.is_above_time(block)
        )


def _with_kicker_apart(found):
    """Divide `Direct`, or the names of sections, from the headline directly under them."""
    first = found[0]
    size = _lines_above_headline(first)
    if not size:
        return found
    below = replace(first, line=first.line + size, lines=first.lines[size:], is_attached=True)
    above = [
        replace(first, line=first.line + at, lines=(line,))
        for at, line in enumerate(first.lines[:size])
    ]
    return [*above, below, *found[1:]]


def _lines_above_headline(first):
    """Return how many lines of the first block are above the headline's."""
    lines = first.lines
    if first.mark or len(lines) < 2 or _says(first, lines[0]):
        return 0
    if vocabulary.fold(lines[0]) in vocabulary.words("kicker"):
        return 1
    *above, headline = lines
    are_short = all(len(each) <= MOST_IN_KICKER for each in above)
    is_longer = len(headline) > max(MOST_IN_KICKER, *(2 * len(each) for each in above))
    return len(above) if len(above) > 1 and are_short and is_longer else 0


def _says(block, text):
    """Whether each line of the block says this, in whatever case."""
    return all(line.casefold() == text.casefold() for line in block.lines)
