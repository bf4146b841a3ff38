"""Any text as the tags and the words that a browser reads in it, in one pass.

The tokenization of the HTML standard (13.2.5) as far as it parts tags from words, except
that a tag without an end is text: nobody loses what follows a stray `<`. Nothing is
read twice, so the time is linear in the length of any text.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple, Protocol, cast

from .grammar import DROPPED_WHOLE, RAW

_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_GAP = re.compile(r"[\s/]*+")
_ATTRIBUTE = re.compile(r"(=?[^\s/>=]*+)(\s*+=\s*+)?")
_UNQUOTED = re.compile(r"[^\s>]*+")
_COMMENT_END = re.compile(r"--!?>")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_HUGE_NUMBER = re.compile(r"&#[0-9]{10,};?")  # which Python refuses to read
_REFERENCE = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z0-9]{1,32}+);?+")


class Tag(NamedTuple):
    name: str
    is_closing: bool
    attributes: dict[str, str]


class Reader(Protocol):
    """Takes the tokens of a text one by one."""

    def read_words(self, text: str, /) -> None: ...

    def read_start(self, tag: str, attributes: dict[str, str], /) -> None: ...

    def read_end(self, tag: str, /) -> None: ...


def feed(reader: Reader, tokens: Iterable[Tag | str]) -> None:
    """Have a reader read tokens."""
    for token in tokens:
        if isinstance(token, str):
            reader.read_words(token)
        elif token.is_closing:
            reader.read_end(token.name)
        else:
            reader.read_start(token.name, token.attributes)


def read_tokens(html: str) -> Iterator[Tag | str]:
    """Yield tags, and the words between them; leave out comments and what is dropped whole."""
    inside, depth = "", 0  # of an element that is dropped whole
    for token in _read_all(html):
        if not inside and isinstance(token, Tag) and token.name in DROPPED_WHOLE:
            inside, depth = ("" if token.is_closing else token.name), 0
        if not inside:
            yield token
        elif isinstance(token, Tag) and token.name == inside:
            depth += -1 if token.is_closing else 1
            inside = inside if depth else ""


def unescape_words(text: str) -> str:
    """Read the character references of a text."""
    return unescape(_HUGE_NUMBER.sub("\N{REPLACEMENT CHARACTER}", text))


def _read_all(html):
    at = 0
    while at < len(html):
        start = html.find("<", at)
        if start != at:
            start = len(html) if start < 0 else start
            yield unescape_words(html[at:start])
            at = start
            continue
        token, at = _read_markup(html, start)
        if token is not None:
            yield token
        if isinstance(token, Tag) and token.name in RAW and not token.is_closing:
            end = _RAW_END[token.name].search(html, at)
            at = end.start() if end else len(html)


def _read_markup(html, start):
    """Return what begins with `<` and where it ends; nothing for a comment."""
    is_closing = html.startswith("</", start)
    name = _NAME.match(html, start + 1 + is_closing)
    if name:
        found = _read_tag(html, name, is_closing)
    elif html.startswith(("<!", "<?", "</"), start):
        found = None, _end_of_comment(html, start)
    else:
        return "<", start + 1
    return found if found[1] >= 0 else (unescape_words(html[start:]), len(html))


def _read_tag(html, name, is_closing):
    attributes: dict[str, str] = {}
    at = name.end()
    while True:
        at = _fit(_GAP, html, at).end()
        if html.startswith(">", at):
            return Tag(name[0].lower(), is_closing, attributes), at + 1
        if at == len(html):
            return None, -1
        found = _fit(_ATTRIBUTE, html, at)
        value, at = _read_value(html, found.end()) if found[2] else ("", found.end())
        if at < 0:
            return None, -1
        attributes.setdefault(found[1].lower(), _REFERENCE.sub(_unescape_in_value, value))


def _read_value(html, at):
    quote = html[at : at + 1]
    if quote in {'"', "'"}:
        end = html.find(quote, at + 1)
        return html[at + 1 : end], (end + 1 if end >= 0 else -1)
    found = _fit(_UNQUOTED, html, at)
    return found[0], found.end()


def _fit(pattern, html, at):
    """Match a pattern that fits everywhere, if need be by nothing."""
    return cast("re.Match[str]", pattern.match(html, at))


def _unescape_in_value(reference):
    """Leave `?a=1&copy=2` as it is: an address is no text (HTML standard, 13.2.5.73)."""
    found, after = reference[0], reference.string[reference.end() : reference.end() + 1]
    is_known = found[1] == "#" or found[1:] in html5
    is_part = not found.endswith(";") and (after == "=" or after.isalnum())
    return unescape(found) if is_known and not is_part else found


def _end_of_comment(html, start):
    """Return where a comment ends; -1 where it never does."""
    if not html.startswith("<!--", start):
        return html.find(">", start) + 1 or -1
    for short in ("<!-->", "<!--->"):
        if html.startswith(short, start):
            return start + len(short)
    found = _COMMENT_END.search(html, start + 4)
    return found.end() if found else -1
