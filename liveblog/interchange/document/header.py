"""What stands above a document's updates: kicker, headline, standfirst, pictures."""

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .captions import Picture, is_picture, read_picture
from .line_shapes import ends_in_full_stop, is_updated
from .text import Block, DocumentError, Problem
from .times import is_time

MOST_IN_KICKER = 30
MOST_IN_HEADLINE = 300
MOST_IN_STANDFIRST = 1000


class Top:
    """The blocks above the updates, read one by one from the first; `position` is behind them."""

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
        if not size or len(text) > MOST_IN_KICKER or not headline or is_time(self._peek()):
            return ""
        is_doubled = size > 1 or len(self._peek().lines) > 1
        if is_time(headline) or is_updated(headline.text):
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
        if is_time(block):
            words = _("a time stands where the headline should be")
            raise DocumentError(Problem(block.line, Message(words)))
        if len(block.text) > MOST_IN_HEADLINE:
            words = _(
                "the headline should be here; this has %(count)d characters, "
                "and a headline %(most)d at most"
            )
            told = Message(words, count=len(block.text), most=MOST_IN_HEADLINE)
            raise DocumentError(Problem(block.line, told))
        self.position += 1
        return block

    def _skip_updated(self):
        block = self._peek()
        if block and is_updated(block.text):
            self.position += 1

    def _read_standfirst(self):
        block = self._peek()
        if not block or is_time(block) or ends_in_full_stop(block.text):
            return
        if len(block.text) <= MOST_IN_STANDFIRST and not is_picture(block):
            self.standfirst = block.text
            self.position += 1

    def _read_picture(self):
        block, following = self._peek(), self._peek(1)
        if not block or is_time(block):
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


def _says(block, text):
    """Whether each line of the block says this, in whatever case."""
    return all(line.casefold() == text.casefold() for line in block.lines)
