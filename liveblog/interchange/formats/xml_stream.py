"""XML piece by piece, by expat: no DTD and so no entities, bounded depth, lines for messages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from liveblog.interchange.archive import Unreadable
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from . import files

DEEPEST = 100
MOST_ELEMENTS = 3_000_000
MOST_HELD = 400_000  # elements at a time
VOID = {"br", "img", "hr"}
_OTHER_CHARSET = re.compile(
    rb"""\xff\xfe|\xfe\xff|<\?xml\b[^<>]{0,200}\bencoding\s{0,9}=\s{0,9}["'](?!utf-?8)""",
    re.IGNORECASE,
)
# XML forbids them; WordPress exports whatever editors once pasted.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")


@dataclass(slots=True)
class Element:
    """An element: its name as `(namespace, local name)`, texts and children in order."""

    name: tuple[str, str]
    attributes: dict[str, str]
    line: int
    content: list = field(default_factory=list)
    records: list = field(default_factory=list)  # what handlers made of its children

    @property
    def children(self) -> list["Element"]:
        return [each for each in self.content if isinstance(each, Element)]

    @property
    def text(self) -> str:
        return "".join(each for each in self.content if isinstance(each, str)).strip()

    def all(self, local: str, namespace: str | None = None) -> list["Element"]:
        """Children of this name; of a namespace that begins so, or of none where it is ""."""
        return [each for each in self.children if each.name[1] == local and each._is_of(namespace)]

    def _is_of(self, namespace):
        if not namespace:
            return namespace is None or not self.name[0]
        return self.name[0].startswith(namespace)

    def get(self, local: str, namespace: str | None = None) -> str:
        """The text of the first child of this name that has any."""
        return next((each.text for each in self.all(local, namespace) if each.text), "")


def read_xml(data: bytes, handlers: dict[str, Callable], *, entries: set[str]) -> Element:
    """Read a document; an element whose local name has a handler is handed to it once it
    ends, kept as what the handler returns in its parent's `records`, and let go.

    `entries` names the elements of which there are as many as a file may have entries.
    """
    return _Reader(handlers, entries).read(data)


class _Reader:
    def __init__(self, handlers, entries):
        self.handlers, self.entries = handlers, entries
        self.entry_count = 0
        self.open = [Element(("", ""), {}, 0)]
        self.count = self.held = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def read(self, data):
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            data = data.removeprefix(b"\xef\xbb\xbf").translate(None, _CONTROLS).lstrip()
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            _refuse_other_charset(data)
            words = _("this is not well-formed XML: %(problem)s")
            message = Message(words, problem=expat.ErrorString(error.code))
            raise Unreadable(message, f"line {error.lineno}") from error
        except (LookupError, ValueError) as error:
            if isinstance(error, Unreadable):
                raise
            words = _("the encoding that the file names is unknown")
            raise Unreadable(Message(words), "line 1") from error
        return self.open[0].children[0]

    def _start(self, name, attributes):
        self.count += 1
        self.held += 1
        if len(self.open) > DEEPEST:
            self._refuse(_("elements are nested deeper than %(most)d"), DEEPEST)
        if self.count > MOST_ELEMENTS:
            self._refuse(_("the file has more than %(most)d elements"), MOST_ELEMENTS)
        if self.held > MOST_HELD:
            self._refuse(_("one entry has more than %(most)d elements"), MOST_HELD)
        namespace, _space, local = name.rpartition(" ")
        element = Element((namespace, local), attributes, self.parser.CurrentLineNumber)
        self.open.append(element)

    def _end(self, name):
        element = self.open.pop()
        parent = self.open[-1]
        handler = self.handlers.get(element.name[1])
        if handler is None:
            parent.content.append(element)
        else:
            self._record(parent, element, handler(element))

    def _record(self, parent, element, record):
        self.held -= _size(element)
        if record is None:
            return
        parent.records.append(record)
        self.entry_count += element.name[1] in self.entries
        if self.entry_count > files.MOST_ENTRIES:
            raise files.too_many_entries(f"line {element.line}")

    def _text(self, text):
        self.open[-1].content.append(text)

    def _refuse_doctype(self, *declared):
        words = _("the file declares a DTD; entities are not read")
        raise Unreadable(Message(words), f"line {self.parser.CurrentLineNumber}")

    def _refuse(self, words, most):
        raise Unreadable(Message(words, most=most), f"line {self.parser.CurrentLineNumber}")


def _refuse_other_charset(data):
    """Name the byte that is not UTF-8, which XML is in where it declares nothing else."""
    try:
        if not _OTHER_CHARSET.match(data):
            data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        words = _("this is not UTF-8: byte 0x%(byte)02X, and the file declares no other encoding")
        raise Unreadable(Message(words, byte=data[error.start]), f"line {line}") from error


def _size(element):
    count, waiting = 0, [element]
    while waiting:
        count += 1
        waiting += waiting.pop().children
    return count


def inner_html(element: Element) -> str:
    """Write an element's content as HTML, of XHTML in a feed for one."""
    return "".join(
        escape(each, quote=False) if isinstance(each, str) else _html(each)
        for each in element.content
    )


def _html(element):
    tag = element.name[1]
    if not tag.isalnum():
        return inner_html(element)
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, value in element.attributes.items()
        if " " not in name
    )
    closing = "" if tag in VOID else f"{inner_html(element)}</{tag}>"
    return f"<{tag}{attributes}>{closing}"
