"""Tags and words sorted into blocks of inline text."""

import re
from collections.abc import Iterable
from html import escape

from .grammar import BOUNDARIES, CELLS, DELETED, HEADINGS, INLINE, LISTS, SPACE
from .inlines import Inlines
from .pictures import picture_id, picture_source
from .tokens import Tag, feed

MAX_BLOCKS = 60  # open round a word; parsing time grows with the square of it
_SPACES = re.compile(r"[ \t\n\r\f]++")


def sort_into_blocks(tokens: Iterable[Tag | str]) -> str:
    """Write well-formed HTML of the grammar with all words, and no tag more than they need."""
    sorter = _BlockSorter()
    feed(sorter, tokens)
    return sorter.html()


class _BlockSorter:
    """Opens nothing before its first word."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.blocks: list[str] = []  # open ul, ol, li, blockquote
        self.inlines = Inlines()
        self.in_text = False  # words of the current paragraph or item are written
        self.in_paragraph = False  # a <p> is written and open
        self.breaks = 0  # line breaks waiting for the words after them
        self.gap = ""  # space waiting for the words after it

    def html(self) -> str:
        self._end_text()
        while self.blocks:
            self._close_block()
        return "".join(self.out)

    # -- what is read

    def read_start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in INLINE or tag in DELETED or tag == "span":
            self.inlines.want(tag, attributes)
        elif tag in LISTS or tag == "blockquote":
            self._open_block(tag)
        elif tag == "li":
            self._open_item()
        elif tag == "br":
            self.breaks += 1
        elif tag == "img":
            self._write_picture(picture_id(attributes.get("data-picture")))
        elif tag in CELLS:
            self.gap = self.gap or " "
        elif tag in BOUNDARIES:
            self._boundary()
            if tag in HEADINGS:
                self.inlines.want(tag, attributes)

    def read_end(self, tag: str) -> None:
        if tag in INLINE or tag in DELETED or tag == "span":
            self.inlines.unwant(tag)
        elif tag in LISTS or tag in {"li", "blockquote"}:
            self._end_block(tag)
        elif tag == "br":
            self.breaks += 1
        elif tag in BOUNDARIES:
            self._boundary()
            if tag in HEADINGS:
                self.inlines.unwant(tag)

    def read_words(self, text: str) -> None:
        if self.inlines.is_deleted:
            return
        text = _SPACES.sub(_line_as_space, text)
        words = text.lstrip(SPACE)
        if not words.strip("\N{NO-BREAK SPACE}" + SPACE):
            self._widen_gap(text)
            return
        self._widen_gap(text[: len(text) - len(words)])
        body = words.rstrip(SPACE)
        self._begin_text()
        self.out += [*self.inlines.lead_to_words(self.gap), escape(body, quote=False)]
        self.gap = words[len(body) :]

    # -- words

    def _begin_text(self):
        if self.blocks and self.blocks[-1] in LISTS:
            self._open_item()
        if self.breaks > 1 and self.in_paragraph:
            self._end_text()
        if not self.in_text:
            self.breaks, self.gap = 0, ""
            if not (self.blocks and self.blocks[-1] == "li"):
                self.out.append("<p>")
                self.in_paragraph = True
            self.in_text = True
        if self.breaks:
            self.out += self.inlines.close()
            self.out.append("<br>")
            self.breaks, self.gap = 0, ""

    def _end_text(self):
        self.out += self.inlines.close()
        if self.in_paragraph:
            self.out.append("</p>")
        self.in_text = self.in_paragraph = False
        self.breaks, self.gap = 0, ""

    def _widen_gap(self, space):
        """Add space, but no second where only struck-out words stood between."""
        self.gap += space.lstrip(" ") if self.gap.endswith(" ") else space

    def _write_picture(self, picture):
        if picture is None or self.inlines.is_deleted:
            return
        image = f'<img alt="" data-picture="{picture}" src="{picture_source(picture)}">'
        if self.blocks and self.blocks[-1] in {"li", *LISTS}:
            if self.blocks[-1] in LISTS:
                self._open_item()
            self.out += self.inlines.close()
            self.out.append(image)
            self.in_text, self.breaks, self.gap = True, 0, ""
        else:
            self._end_text()
            self.out.append(f"<p>{image}</p>")

    # -- blocks

    def _boundary(self):
        if self.blocks and self.blocks[-1] == "li":
            self.breaks = max(self.breaks, 1) if self.in_text else 0
        else:
            self._end_text()

    def _open_block(self, tag):
        if len(self.blocks) >= MAX_BLOCKS or (tag == "blockquote" and self.blocks):
            self._boundary()
            return
        self._end_text()
        if self.blocks and self.blocks[-1] in LISTS:
            self._open_item()
        self.out.append(f"<{tag}>")
        self.blocks.append(tag)

    def _open_item(self):
        self._end_text()
        if not self.blocks or self.blocks[-1] == "blockquote":
            return
        if self.blocks[-1] == "li":
            self._close_block()
        self.out.append("<li>")
        self.blocks.append("li")

    def _end_block(self, tag):
        if tag == "blockquote" and self.blocks[-1:] != ["blockquote"]:
            self._boundary()
            return
        self._end_text()
        if tag == "li" and self.blocks[-1:] == ["li"]:
            self._close_block()
        elif tag != "li" and tag in self.blocks:
            while self._close_block() != tag:
                pass

    def _close_block(self):
        self._end_text()
        tag = self.blocks.pop()
        if self.out[-1] == f"<{tag}>":
            self.out.pop()
        else:
            self.out.append(f"</{tag}>")
        return tag


def _line_as_space(space):
    return " " if "\n" in space[0] or "\r" in space[0] else space[0]
