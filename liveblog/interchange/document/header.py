"""The top of a document: title, standfirst, bylines, pictures, date of the page."""

from liveblog.interchange.messages import gettext_noop as _

from .blocks import Block
from .boilerplate import later_of
from .bylines import (
    is_of_staff,
    note_on_rest,
    read_bylines,
    read_name_and_place,
    read_plain_names,
)
from .captions import Picture, read_picture
from .credits import clean_credit, is_lone_credit
from .line_shapes import ends_in_full_stop
from .lines import Kind
from .sources import find_source
from .text import Problem
from .times import Moment
from .title import ABOVE, Title

MOST_IN_SECTION = 4  # signs of Han: the name of the page's section

STANDFIRST = _("standfirst")
BYLINE = _("byline")
PICTURE = _("picture")


class Header(Title):
    """The blocks above the updates; `position` is behind them."""

    def __init__(self, found: list[Block], *, is_timed: bool):
        super().__init__(found, is_timed=is_timed)
        self.standfirst = ""
        self.bylines: list[str] = []
        self.pictures: list[Picture] = []
        self.updated: Moment | None = None
        self.notes: list[Problem] = []
        self.credits: list[Block] = []  # without their captions
        self.publishers: list[Block] = []
        self._skip_days()
        self._skip_outlet_above_day()
        self.read_title()
        while self._read_next():
            pass

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
        block = self.peek()
        if block.kind not in {Kind.UPDATED, Kind.DAY}:
            return False
        moment = block.moment
        if moment and moment.day:
            if self.updated is None or not self.updated.day:
                self.updated = moment
            elif moment.time:
                self.updated = later_of(self.updated, moment)
        self.position += 1
        return True

    def _skip_credit(self):
        block = self.peek()
        if not self.is_text(0) or block.mark or not is_lone_credit(block.text):
            return False
        self.credits.append(block)
        self.position += 1
        return True

    def _skip_publisher(self):
        """Go past the name of the agency or the paper, perhaps with the place under it."""
        block = self.peek()
        is_short = self.is_text(0) and not block.mark and len(block.lines) <= 2
        is_publisher = find_source(block.lines[0]) or is_of_staff(block.text)
        if not is_short or len(block.text) > 60 or not is_publisher:
            return False
        self.publishers.append(block)
        self.position += 1
        return True

    def _skip_outlet_above_day(self):
        """Go past an outlet's name and the page's date where the headline is below them."""
        after = self.peek(1)
        if after.kind in {Kind.UPDATED, Kind.DAY} and self.is_text(2) and self._skip_publisher():
            self._skip_days()

    def _read_bylines(self):
        block = self.peek()
        if not self.is_text(0) or block.mark or len(block.lines) > 2:
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
        self.bylines += names
        self.advance(1, BYLINE)
        return True

    def _is_before_day(self):
        block, after = self.peek(), self.peek(1)
        is_directly = after.line == block.line + len(block.lines)
        return after.kind in {Kind.UPDATED, Kind.DAY} and (is_directly or self.standfirst != "")

    def _read_standfirst(self):
        block = self.peek()
        if self.standfirst or not self.may_be_standfirst(block):
            return False
        if self.pictures and not self.is_timed:
            return False
        if len(block.text) <= MOST_IN_SECTION and self.updated and not block.text.isascii():
            self.topics.append(block.text)  # 気象
            self.advance(1, ABOVE)
            return True
        self.standfirst = block.text
        self.advance(1, STANDFIRST)
        return True

    def _read_picture(self):
        block, following = self.peek(), self.peek(1)
        if not self.is_text(0):
            return False
        picture, size = read_picture(block), 1
        below = read_picture(following) if self.is_text(1) else None
        if not picture and self.is_text(1) and self._is_caption(block, following):
            credit = clean_credit(following.text)
            picture, size = Picture(block.line, "", block.text, credit), 2
        elif not picture and below and self._is_alt(block, below):
            picture, size = Picture(block.line, block.text, below.caption, below.credit), 2
        if not picture:
            return False
        self.pictures.append(picture)
        self.advance(size, PICTURE)
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


def _ends(block):
    return ends_in_full_stop(block.text)
