"""Editor's text → safe HTML: the only sanitiser.

What may be stored is a small grammar: paragraphs, lists and quotes, holding
text, strong, em, links, line breaks and pictures of our own. `clean` brings any
HTML into it and loses no word: nh3 (html5ever, the parsing of the HTML standard)
reads what came, a pass of our own sorts it into blocks, nh3 has the last word.
"""

import re
from collections import Counter
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID

import nh3

from .elsewhere import find_elsewhere

INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "a": "a"}
LISTS = {"ul", "ol"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BOUNDARIES = HEADINGS | {
    *("p", "div", "section", "article", "header", "footer", "main", "aside", "nav"),
    *("pre", "table", "thead", "tbody", "tfoot", "tr", "caption", "dl", "dt", "dd"),
    *("figure", "figcaption", "hr", "address", "center", "fieldset", "form", "details"),
    *("summary", "option", "legend"),
}
CELLS = {"td", "th"}
DROPPED_WHOLE = {
    *("script", "style", "template", "iframe", "object", "embed", "noscript"),
    *("svg", "math", "title", "textarea", "noembed", "noframes", "xmp"),
}
SPACE = " \t\n\r\f"
LINK_SCHEMES = {"http", "https", "mailto", "tel"}

_reader = nh3.Cleaner(
    tags=set(INLINE) | LISTS | BOUNDARIES | CELLS | {"li", "blockquote", "br", "img", "span"},
    clean_content_tags=DROPPED_WHOLE,
    attributes={"a": {"href"}, "img": {"data-picture"}, "*": {"style"}},
    url_schemes=LINK_SCHEMES,
    link_rel=None,
)
_gate = nh3.Cleaner(
    tags={"p", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "img"},
    attributes={"a": {"href"}, "img": {"alt", "data-picture", "src"}},
    url_schemes=LINK_SCHEMES,
    link_rel=None,
)
_ALONE = re.compile(r'<p>\s*(?:<a href="([^"]*)">([^<]*)</a>|([^<\s]+))\s*</p>')
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>")
# Never inside one of their own kind, even where their closing tag is left out.
FLAT = {"p", "li", "dd", "dt", "br", "hr", "img", "meta"}
MAX_DEPTH = 100
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")


class CleanHTML(str):
    """Text that has been through `clean`; made here and when the database is read."""

    __slots__ = ()


def clean(html: str) -> CleanHTML:
    """Bring HTML into the grammar of the stored text; `clean(clean(x)) == clean(x)`."""
    if isinstance(html, CleanHTML):
        return html
    sorter = _BlockSorter()
    sorter.feed(_reader.clean(_shallow(_CONTROLS.sub("", html))))
    sorter.close()
    safe = _gate.clean(sorter.html()).replace("&nbsp;", "\N{NO-BREAK SPACE}")
    return CleanHTML(safe)


def enrich(html: CleanHTML) -> CleanHTML:
    """Add to clean text what readers' pages need.

    Link relations; and the address of a video or post that stands in a paragraph of its
    own becomes a link marked with its provider and id.
    """
    marked = _ALONE.sub(_mark_elsewhere, html)
    return CleanHTML(marked.replace('<a href="', '<a rel="noopener" href="'))


def _mark_elsewhere(paragraph: re.Match) -> str:
    address = unescape(paragraph[1] or paragraph[3])
    found = find_elsewhere(address)
    words = unescape(paragraph[2] or address)
    if found is None or words not in {address, address.partition("://")[2]}:
        return paragraph[0]  # a link with words of the editor's own stays one
    return (
        f'<p class="elsewhere" data-provider="{found.provider}" data-id="{escape(found.id)}">'
        f'<a href="{escape(address)}">{escape(address, quote=False)}</a></p>'
    )


def from_plain_text(paragraphs: list[str]) -> CleanHTML:
    """Make one paragraph of each text."""
    return clean("".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs))


def to_plain_text(html: str) -> str:
    """Return the words alone, one line a paragraph, list item or line break."""
    lined = re.sub(r"<br>|</(?:p|li)>|(?<=.)<(?:ul|ol)>", "\n", html)
    text = unescape(re.sub(r"<[^>]*>", "", lined))
    return re.sub(r"\n{2,}", "\n", text).strip("\n")


def pictures_in(html: CleanHTML) -> list[UUID]:
    """Return the ids of the pictures that stand in the text, in order, each once."""
    found = re.findall(r'<img [^>]*data-picture="([0-9a-f-]{36})"', html)
    return list(dict.fromkeys(map(UUID, found)))


def picture_source(picture_id: UUID | str) -> str:
    """Return the address under which the editor shows a picture inside its text."""
    return f"/admin/liveblog/picture/{picture_id}/image/"


def _shallow(html: str) -> str:
    """Leave out tags, never words, nested deeper than anybody writes.

    The time that parsers of HTML take grows with the square of the depth.
    """
    still_open: Counter[str] = Counter()

    def keep(tag: re.Match) -> str:
        closing, name = tag[1], tag[2].lower()
        if name in FLAT or (closing and not still_open[name]):
            return tag[0]
        before = still_open.total()
        still_open[name] += -1 if closing else 1
        return tag[0] if max(before, still_open.total()) <= MAX_DEPTH else ""

    return _TAG.sub(keep, html)


def _link(value: str | None) -> str | None:
    href = (value or "").strip(SPACE)
    if re.search(r"[\s\\]", href):
        return None
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme in {"http", "https"}:
        return href if parts.hostname else None
    return href if parts.scheme in LINK_SCHEMES and parts.path else None


def _picture(value: str | None) -> str | None:
    try:
        return str(UUID(value or ""))
    except ValueError:
        return None


class _BlockSorter(HTMLParser):
    """Sort well-formed HTML into blocks of inline text; open nothing before its first word."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.blocks: list[str] = []  # open ul, ol, li, blockquote
        self.wanted: list[tuple[str, str]] = []  # inline (source tag, open tag) round the cursor
        self.opened: list[str] = []  # open tags written and not yet closed
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
            self._want(tag, attributes)
        elif tag in LISTS or tag == "blockquote":
            self._open_block(tag)
        elif tag == "li":
            self._open_item()
        elif tag == "br":
            self.breaks += 1
        elif tag == "img":
            self._write_picture(_picture(attributes.get("data-picture")))
        elif tag in CELLS:
            self.gap = self.gap or " "
        elif tag in BOUNDARIES:
            self._boundary()
            if tag in HEADINGS:
                self.wanted.append((tag, "<strong>"))

    def handle_endtag(self, tag):
        if tag in INLINE or tag == "span":
            self._unwant(tag)
        elif tag in LISTS or tag in {"li", "blockquote"}:
            self._end_block(tag)
        elif tag in BOUNDARIES:
            self._boundary()
            if tag in HEADINGS:
                self._unwant(tag)

    def handle_data(self, data):
        text = re.sub(r"[ \t\f]*[\n\r][ \t\f\n\r]*", " ", data)
        words = text.lstrip(SPACE)
        if not words.strip("\N{NO-BREAK SPACE}" + SPACE):
            self.gap += text
            return
        self.gap += text[: len(text) - len(words)]
        body = words.rstrip(SPACE)
        self._begin_text()
        self._sync_inlines()
        self.out.append(escape(body, quote=False))
        self.gap = words[len(body) :]

    # -- inline text

    def _want(self, tag, attributes):
        opening = ""
        if tag == "span":
            style = (attributes.get("style") or "").replace(" ", "").lower()
            bold = re.search(r"font-weight:(?:bold|[6-9]00)", style)
            opening = "<strong>" if bold else "<em>" if "font-style:italic" in style else ""
        elif tag == "a":
            href = _link(attributes.get("href"))
            opening = f'<a href="{escape(href)}">' if href else ""
        elif "font-weight:normal" not in (attributes.get("style") or "").replace(" ", ""):
            opening = f"<{INLINE[tag]}>"
        self.wanted.append((tag, opening))

    def _unwant(self, tag):
        for index in range(len(self.wanted) - 1, -1, -1):
            if self.wanted[index][0] == tag:
                del self.wanted[index]
                return

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
            self._close_inlines()
            self.out.append("<br>")
            self.breaks, self.gap = 0, ""

    def _sync_inlines(self):
        target = list(dict.fromkeys(opening for _, opening in self.wanted if opening))
        links = [opening for opening in target if opening.startswith("<a")]
        target = [opening for opening in target if opening not in links[:-1]]
        kept = 0
        while kept < min(len(target), len(self.opened)) and target[kept] == self.opened[kept]:
            kept += 1
        while len(self.opened) > kept:
            self._close_inline()
        self.out.append(self.gap)
        self.gap = ""
        for opening in target[kept:]:
            self.out.append(opening)
            self.opened.append(opening)

    def _close_inline(self):
        name = self.opened.pop()[1:].split(" ")[0].rstrip(">")
        self.out.append(f"</{name}>")

    def _close_inlines(self):
        while self.opened:
            self._close_inline()

    def _end_text(self):
        self._close_inlines()
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
            self._close_inlines()
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
