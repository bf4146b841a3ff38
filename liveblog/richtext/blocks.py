"""Well-formed HTML sorted into blocks of inline text."""

import re
from html import escape
from html.parser import HTMLParser

from .grammar import BOUNDARIES, CELLS, HEADINGS, INLINE, LISTS, SPACE
from .inlines import Inlines
from .pictures import picture_id, picture_source


class BlockSorter(HTMLParser):
    """Sort well-formed HTML into blocks of inline text; open nothing before its first word."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
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

    # -- what the parser tells

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in INLINE or tag == "span":
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

    def handle_endtag(self, tag):
        if tag in INLINE or tag == "span":
            self.inlines.unwant(tag)
        elif tag in LISTS or tag in {"li", "blockquote"}:
            self._end_block(tag)
        elif tag in BOUNDARIES:
            self._boundary()
            if tag in HEADINGS:
                self.inlines.unwant(tag)

    def handle_data(self, data):
        text = re.sub(r"[ \t\f]*[\n\r][ \t\f\n\r]*", " ", data)
        words = text.lstrip(SPACE)
        if not words.strip("\N{NO-BREAK SPACE}" + SPACE):
            self.gap += text
            return
        self.gap += text[: len(text) - len(words)]
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

    def _write_picture(self, picture):
        if picture is None:
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
        if tag == "blockquote" and self.blocks:
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
