"""HTML of other systems → HTML that `richtext.clean` can bring in without losing anything.

Pictures become places under their ids here, with captions and credits apart; players and
embedded posts become their addresses in paragraphs of their own; relative links get
their site.
"""

import re
from collections.abc import Callable
from html import escape, unescape

from liveblog.external_media import find_external_media
from liveblog.interchange.archive import Archive, absolute, one_line
from liveblog.richtext import feed, read_tokens

MOST_READ = 1_000_000  # characters; what is longer than a text may be is refused when it is stored
_PLAYERS = {"player", "video", "audio", "source", "embed"}
_IFRAME = re.compile(r"<(/?)iframe\b", re.IGNORECASE)  # which `richtext` leaves out whole
_FRAMES = {"twitter-tweet", "twitter-video", "bluesky-embed", "mastodon-embed", "instagram-media"}
_ADDRESS_ALONE = re.compile(r"[ \t]*(https?://[^\s<>\"']{1,2000})[ \t]*")
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.IGNORECASE)
_BLOCK = re.compile(
    r"\s*</?(?:p|div|ul|ol|li|blockquote|h[1-6]|figure|figcaption|table|t[rdh]|tbody|thead|pre|hr"
    r"|section|article|dl|dt|dd|iframe|video|audio)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\s*<(h[1-6])\b[^>]*>((?:(?!<h[1-6]).)*?)</\1>", re.S | re.IGNORECASE)


def read_html(html: str, archive: Archive, *, base: str = "", text: Callable = str) -> str:
    """Read a body; `text` may mend each run of its words."""
    sorter = _Sorter(archive, base or archive.url, text)
    feed(sorter, read_tokens(_IFRAME.sub(r"<\1player", html[:MOST_READ])))
    return "".join(sorter.out)


def read_plain(text: str) -> str:
    """Make paragraphs of plain text; `<br>`, which some systems leave in it, ends a line."""
    lined = re.sub(r"<br\s{0,9}/?>", "\n", text, flags=re.IGNORECASE)
    return paragraphs(escape(unescape(lined), quote=False))


def read_either(said: str, archive: Archive, **how) -> str:
    """Read a text that may be plain, with line breaks, or HTML."""
    if re.search(r"</?[a-zA-Z][^<>]{0,2000}>", re.sub(r"<br\s{0,9}/?>", "", said, flags=re.I)):
        return read_html(paragraphs(said), archive, **how)
    return read_html(read_plain(said), archive, **how)


def paragraphs(html: str) -> str:
    """Make paragraphs of blank lines and breaks of line ends, outside blocks.

    An address that is on a line of its own becomes a paragraph, or the picture it names.
    """
    lines = html.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts = re.split(r"\n[ \t]*\n", "\n".join(map(_alone, lines)))
    return "".join(map(_paragraph, parts))


def _alone(line):
    found = _ADDRESS_ALONE.fullmatch(line)
    if not found:
        return line
    address = unescape(found[1])
    if _IMAGE.search(address):
        return f'\n\n<img src="{escape(address)}">\n\n'
    return f"\n\n{escape(address, quote=False)}\n\n"


def _paragraph(part):
    part = part.strip("\n")
    if not part.strip() or _BLOCK.match(part):
        return part
    return "<p>" + part.replace("\n", "<br>") + "</p>"


def split_headline(body: str) -> tuple[str, str]:
    """Part the heading that a body begins with, if it does: `(headline, the rest)`."""
    found = _HEADING.match(body[:2000])
    headline = one_line(found[2]) if found else ""
    if not found or not headline or "data-picture" in found[2]:
        return "", body
    return headline, body[found.end() :].lstrip()


class _Sorter:
    """Writes what it reads, with pictures and players in their places."""

    def __init__(self, archive, base, text):
        self.archive, self.base, self.text = archive, base, text
        self.out: list[str] = []
        self.captioned: list = []  # pictures of the open figure
        self.caption: list[str] | None = None  # words of the open figcaption
        self.embedded: list[str] | None = None  # addresses in an embedded post

    def read_start(self, tag, given):
        if tag == "img":
            self._picture(given)
        elif tag in _PLAYERS:
            self._player(given.get("src"))
        elif tag == "figure":
            self.captioned = []
        elif tag == "figcaption":
            self.caption = []
        elif self.caption is None:
            self._open(tag, given)

    def _open(self, tag, given):
        if tag == "a":
            address = self._absolute(given.get("href"))
            if self.embedded is not None and find_external_media(address):
                self.embedded.append(address)
            self.out.append(f'<a href="{escape(address)}">')
            return
        if tag == "blockquote" and _FRAMES & set((given.get("class") or "").split()):
            self.embedded = []
        style = f' style="{escape(given["style"])}"' if given.get("style") else ""
        self.out.append(f"<{tag}{style}>")

    def read_end(self, tag):
        if tag == "figcaption":
            self._end_caption()
        elif tag in {"figure", "img"} | _PLAYERS or self.caption is not None:
            return
        else:
            self.out.append(f"</{tag}>" if tag != "br" else "")
        if tag == "blockquote" and self.embedded is not None:
            self.out += [_alone_in_paragraph(each) for each in self.embedded[-1:]]
            self.embedded = None

    def read_words(self, data):
        words = self.text(data)
        if self.caption is not None:
            self.caption.append(words)
        else:
            self.out.append(escape(words, quote=False))

    def _end_caption(self):
        caption = one_line(" ".join(self.caption or []), 1000)
        self.caption = None
        for id in self.captioned[-1:]:
            known = self.archive.pictures[id]
            known.caption = known.caption or caption
        if not self.captioned and caption:
            self.out.append(f"<p>{escape(caption, quote=False)}</p>")

    def _picture(self, given):
        names = ("data-lazy-src", "data-src", "src")
        address = next((given[name] for name in names if given.get(name)), "")
        alt = one_line(given.get("alt"), 500)
        if re.search(r"\b(?:emoji|wp-smiley|liveblog-emoji)\b", given.get("class") or ""):
            self.read_words(given.get("alt") or "")
        elif address and not {"1", "0"} & {given.get("width"), given.get("height")}:
            id = self.archive.picture(self._absolute(address), alt=alt)
            self.captioned.append(id)
            self.out.append(_place_of(id))

    def _player(self, address):
        if address:
            self.out.append(_alone_in_paragraph(self._absolute(address)))

    def _absolute(self, address):
        address = (address or "").strip()
        address = absolute(self.base, address)
        return f"https:{address}" if address.startswith("//") else address


def picture_tag(address: str) -> str:
    """A picture that was noted, as `read_html` takes it up: it heeds no other's `data-picture`."""
    return f'<img src="{escape(address)}">'


def _place_of(picture_id):
    return f'<img data-picture="{picture_id}">'


def _alone_in_paragraph(address):
    return f"<p>{escape(address, quote=False)}</p>"
