"""What stands above a document's updates: kicker, headline, standfirst, bylines, pictures."""

from dataclasses import replace

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from . import vocabulary
from .blocks import Block
from .bylines import (
    is_of_staff,
    note_on_rest,
    read_bylines,
    read_name_and_place,
    read_plain_names,
)
from .captions import Picture, is_picture, read_picture
from .credits import clean_credit, is_lone_credit
from .line_shapes import ends_in_full_stop, is_address, is_list_item
from .lines import Kind, Mark
from .sources import find_source
from .text import DocumentError, Problem
from .times import Moment

MOST_IN_KICKER = 30
MOST_IN_SECTION = 4  # signs of Han: the name of the page's section
MOST_IN_HEADLINE = 300
MOST_IN_STANDFIRST = 1000

ABOVE = _("kicker or topic")
TITLE = _("headline of the story")
STANDFIRST = _("standfirst")
BYLINE = _("byline")
PICTURE = _("picture")


_END = Block(0, ("",), Kind.BLANK)  # behind the last block


class Top:
    """The blocks above the updates, read one by one from the first; `position` is behind them.

    `is_timed` says whether times part the updates below.
    """

    def __init__(self, found: list[Block], *, is_timed: bool):
        self.found = _with_kicker_apart(found)
        self.is_timed = is_timed
        self.position = 0
        self.kicker = self.standfirst = ""
        self.topics: list[str] = []
        self.bylines: list[str] = []
        self.pictures: list[Picture] = []
        self.updated: Moment | None = None
        self.notes: list[Problem] = []
        self.credits: list[Block] = []  # without their captions
        self.publishers: list[Block] = []
        self.parts: dict[int, str] = {}  # what each line was read as
        self._skip_days()
        self._read_title()
        while self._read_next():
            pass

    def _take(self, size, part):
        """Go past blocks that were read as this part."""
        for block in self.found[self.position : self.position + size]:
            self.parts |= dict.fromkeys(range(block.line, block.line + len(block.lines)), part)
        self.position += size

    def _peek(self, ahead=0) -> Block:
        index = self.position + ahead
        return self.found[index] if index < len(self.found) else _END

    def _read_title(self):
        marked = next((i for i, each in enumerate(self.found) if each.mark == Mark.TITLE), None)
        if marked is None:
            self.kicker = self._read_kicker()
            self.topics = self._read_topics()
        else:
            self._read_above(marked)
        self.headline = self._read_headline()

    def _read_above(self, marked):
        """Read what is above the headline that the editor marked."""
        above = [each.lines[0] for each in self.found[self.position : marked]]
        short = list(dict.fromkeys(line for line in above if len(line) <= MOST_IN_KICKER))
        self.kicker, self.topics = "".join(short[:1]), short[1:]
        self._take(marked - self.position, ABOVE)

    def _read_kicker(self):
        if self._peek().kind != Kind.TEXT or self._peek().mark:
            return ""
        text, size = self._peek().lines[0], 0
        while self._is_text(size) and _says(self._peek(size), text):
            size += 1
        if not size or len(text) > MOST_IN_KICKER:
            return ""
        is_doubled = size > 1 or len(self._peek().lines) > 1
        if not self._is_text(size) or not (is_doubled or self._over(text)):
            return ""
        self._take(size, ABOVE)
        return text

    def _over(self, kicker):
        """Whether what follows a short first line is the headline."""
        headline, third = self._peek(1), self._peek(2)
        if len(headline.text) <= len(kicker) or read_bylines(headline.text):
            return False
        is_sure = third.kind == Kind.UPDATED
        return is_sure or not (ends_in_full_stop(headline.text) or is_picture(headline))

    def _read_topics(self):
        """Read a second short line above the headline, where a headline and more come after it."""
        line, headline, third, fourth = (self._peek(ahead) for ahead in range(4))
        if not (self.kicker and self._is_text(0) and self._is_text(1)):
            return []
        is_short = len(line.text) <= MOST_IN_KICKER and len(line.lines) == 1
        is_over = len(headline.text) > MOST_IN_KICKER and not _ends(headline)
        is_followed = third.kind == Kind.UPDATED or (
            self._is_standfirst(third) and (self.is_timed or self._is_known(fourth))
        )
        if not (is_short and is_over and is_followed) or read_bylines(line.text):
            return []
        self._take(1, ABOVE)
        return [line.text]

    def _is_known(self, block):
        return block.kind == Kind.UPDATED or is_picture(block)

    def _read_headline(self):
        block = self._peek()
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
        self._take(1, TITLE)
        return block

    def _read_next(self):
        return (
            self._skip_days()
            or self._skip_publisher()
            or self._read_bylines()
            or self._read_picture()
            or self._skip_credit()
            or self._read_standfirst()
        )

    def _skip_days(self):
        """Take the page's own date and `Updated`, which give the day of the times below."""
        block = self._peek()
        if block.kind not in {Kind.UPDATED, Kind.DAY}:
            return False
        moment = block.moment
        if moment and moment.day and (self.updated is None or not self.updated.day):
            self.updated = moment
        self.position += 1
        return True

    def _skip_credit(self):
        block = self._peek()
        if not self._is_text(0) or block.mark or not is_lone_credit(block.text):
            return False
        self.credits.append(block)
        self.position += 1
        return True

    def _skip_publisher(self):
        """Go past the name of the agency or the paper, perhaps with the place under it."""
        block = self._peek()
        is_short = self._is_text(0) and not block.mark and len(block.lines) <= 2
        is_publisher = find_source(block.lines[0]) or is_of_staff(block.text)
        if not is_short or len(block.text) > 60 or not is_publisher:
            return False
        self.publishers.append(block)
        self.position += 1
        return True

    def _read_bylines(self):
        block = self._peek()
        if not self._is_text(0) or block.mark or len(block.lines) > 2:
            return False
        names = [name for line in block.lines for name in read_bylines(line)]
        is_placed = self._is_before_day() or self.updated is not None
        if not names and len(block.lines) == 1:
            read = read_plain_names if self._is_before_day() else read_name_and_place
            names = list(read(block.text)) if is_placed else []
        if not names or not (is_placed or all(map(read_bylines, block.lines[:1]))):
            return False
        notes = (note_on_rest(line, tuple(names)) for line in block.lines)
        self.notes += [Problem(block.line, note) for note in notes if note]
        self.bylines += [name for name in names if name not in self.bylines]
        self._take(1, BYLINE)
        return True

    def _is_before_day(self):
        after = self._peek(1)
        return (
            after is not None and after.kind in {Kind.UPDATED, Kind.DAY} and self.standfirst != ""
        )

    def _read_standfirst(self):
        block = self._peek()
        if self.standfirst or not self._is_standfirst(block):
            return False
        if self.pictures and not self.is_timed:
            return False
        if len(block.text) <= MOST_IN_SECTION and self.updated and not block.text.isascii():
            self.topics.append(block.text)  # 気象
            self._take(1, ABOVE)
            return True
        self.standfirst = block.text
        self._take(1, STANDFIRST)
        return True

    def _is_standfirst(self, block):
        return (
            block.kind == Kind.TEXT
            and not block.mark
            and not _ends(block)
            and len(block.text) <= MOST_IN_STANDFIRST
            and not is_list_item(block.lines[0])
            and vocabulary.fold(block.text) not in vocabulary.words("heading")
            and not is_address(block.lines[0])
            and not block.text.rstrip().endswith((":", "："))
            and not is_picture(block)
            and not self._is_above_time(block)
        )

    def _is_above_time(self, block):
        """Whether a line stands directly above a time: the headline of its update."""
        after = block.line + len(block.lines)
        near = self.found[self.position : self.position + 6]
        return any(each.line == after and each.kind == Kind.TIME for each in near)

    def _read_picture(self):
        block, following = self._peek(), self._peek(1)
        if not self._is_text(0):
            return False
        picture, size = read_picture(block), 1
        below = read_picture(following) if self._is_text(1) else None
        if not picture and self._is_text(1) and self._is_caption(block, following):
            credit = clean_credit(following.text)
            picture, size = Picture(block.line, "", block.text, credit), 2
        elif not picture and below and self._is_alt(block, below):
            picture, size = Picture(block.line, block.text, below.caption, below.credit), 2
        if not picture:
            return False
        self.pictures.append(picture)
        self._take(size, PICTURE)
        return True

    def _is_caption(self, block, following):
        """Whether a line above `Foto: dpa` is the caption, and not the standfirst."""
        if block.mark or following.mark or not is_lone_credit(following.text):
            return False
        return len(block.lines) == 1 and (self.standfirst != "" or _ends(block))

    def _is_alt(self, block, picture):
        if picture.alt:
            return False
        is_line = len(block.lines) == 1 and not ends_in_full_stop(block.text)
        return block.text == picture.caption or (bool(self.standfirst) and is_line)

    def _is_text(self, ahead):
        return self._peek(ahead).kind == Kind.TEXT


def _with_kicker_apart(found):
    """Part `Direct` from the headline that stands directly under it."""
    first = found[0]
    kickers = vocabulary.words("kicker")
    if first.mark or len(first.lines) < 2 or vocabulary.fold(first.lines[0]) not in kickers:
        return found
    if _says(first, first.lines[0]):
        return found
    below = replace(first, line=first.line + 1, lines=first.lines[1:], is_attached=True)
    return [replace(first, lines=first.lines[:1]), below, *found[1:]]


def _ends(block):
    return ends_in_full_stop(block.text)


def _says(block, text):
    """Whether each line of the block says this, in whatever case."""
    return all(line.casefold() == text.casefold() for line in block.lines)
