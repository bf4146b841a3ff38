"""A saved web page → its JSON-LD, its address, its title: found by searching, not by parsing.

Parsers of HTML take time by the square of a page's depth; a page that somebody uploads
may be as deep as they like.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from liveblog.interchange.archive import Unreadable, one_line

from .files import count_values, load_json, refuse_too_many_values

_HEAD = 200_000  # characters
_SCRIPT = re.compile(r"<script\b([^<>]{0,1000})>", re.IGNORECASE)
_LINKED = re.compile(r"""\btype\s*=\s*["']?application/ld\+json\b""", re.IGNORECASE)
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)")
_WRAP_END = re.compile(r"(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
_CANONICAL = (
    re.compile(r"""<link\b[^<>]{0,500}\brel\s*=\s*["']?canonical\b[^<>]{0,500}>""", re.IGNORECASE),
    re.compile(r"""<meta\b[^<>]{0,500}\bproperty\s*=\s*["']og:url["'][^<>]{0,500}>""", re.I),
)
_ADDRESS = re.compile(r"""\b(?:href|content)\s*=\s*["']?([^"'<>\s]{1,2000})""", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,1000})", re.IGNORECASE)
_LANGUAGE = re.compile(r"""<html\b[^<>]{0,500}\blang\s*=\s*["']?([\w-]{2,35})""", re.IGNORECASE)


@dataclass(slots=True)
class Page:
    """What a page says of itself; `problems` are scripts that can't be read."""

    values: list = field(default_factory=list)
    address: str = ""
    title: str = ""
    language: str = ""
    problems: list[Unreadable] = field(default_factory=list)


def read_page(text: str) -> Page:
    head = text[:_HEAD]
    title, language = _TITLE.search(head), _LANGUAGE.search(head)
    page = Page(
        address=_canonical(head),
        title=one_line(title[1]) if title else "",
        language=language[1] if language else "",
    )
    line, counted, values = 1, 0, 0
    for start, script in _scripts(text):
        values += count_values(script)
        refuse_too_many_values(values)  # all scripts are in memory at the same time
        line += text.count("\n", counted, start)
        counted = start
        try:
            page.values.append(load_json(_WRAP_END.sub("", _WRAPPED.sub("", script))))
        except Unreadable as error:
            page.problems.append(Unreadable(error.reason, f"the script of line {line}"))
    return page


def _scripts(text):
    """Yield the JSON-LD scripts: where each begins, and its text."""
    at = 0
    while found := _SCRIPT.search(text, at):
        end = text.find("</script", found.end())
        end = len(text) if end < 0 else end
        if _LINKED.search(found[1]):
            yield found.end(), text[found.end() : end]
        at = end


def _canonical(head):
    for pattern in _CANONICAL:
        tag = pattern.search(head)
        found = _ADDRESS.search(tag[0]) if tag else None
        if found and found[1].startswith("http"):
            return unescape(found[1])
    return ""
