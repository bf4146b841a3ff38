"""Bytes → numbered lines, or what is wrong with them, line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

MOST_BYTES = 5_000_000
MOST_PROBLEMS = 20  # an editor reads no more; a hostile document has millions

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_UNSEEN = (
    " \t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Something to tell the editor about one line."""

    line: int
    reason: str

    def __str__(self):
        return f"line {self.line}: {self.reason}"


class DocumentError(ValueError):
    """A document that can't be read; `problems` in the order of their lines."""

    def __init__(self, *problems: Problem):
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


def load(path: Path) -> bytes:
    """Read a document's bytes, never more than a document may have."""
    with open(path, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    _check_size(len(data))
    return data


def decode(source: bytes | str) -> str:
    """Return the text with LF line ends and no byte-order mark; raise DocumentError."""
    if isinstance(source, str):
        _check_size(len(source))
        _check_size(len(source.encode("utf-8", "surrogatepass")))
        text = source.replace("\r\n", "\n").replace("\r", "\n")
    else:
        _check_size(len(source))
        text = _decode_lines(source.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    text = text.removeprefix(_BOM)
    refuse(_controls(text))
    return text


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """Split into lines from 1 on, without the spaces and tabs round them; blank ones are empty."""
    for number, line in enumerate(text.split("\n"), 1):
        yield number, line.strip(" \t") if line.strip(_UNSEEN) else ""


def refuse(problems: Iterator[Problem]) -> None:
    """Raise the first of the problems, if there are any."""
    if found := list(islice(problems, MOST_PROBLEMS)):
        raise DocumentError(*sorted(found))


def _check_size(size):
    if size > MOST_BYTES:
        raise DocumentError(Problem(1, Message(_("the document has more than 5 MB"))))


def _decode_lines(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            message = Message(_("this is UTF-16; save the text as UTF-8"))
            raise DocumentError(Problem(1, message)) from None
        refuse(_undecodable(data))
        raise


def _undecodable(data):
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            wrong = line[error.start]
            words = _("the byte 0x%(byte)s is not UTF-8; save the text as UTF-8")
            yield Problem(number, Message(words, byte=f"{wrong:02X}"))


def _controls(text):
    line, seen, last = 1, 0, 0
    for match in _CONTROL.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if line > last:
            words = _("the control character U+%(code)s; take it out")
            yield Problem(line, Message(words, code=f"{ord(match[0]):04X}"))
            last = line
