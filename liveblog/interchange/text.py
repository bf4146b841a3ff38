"""Bytes → lines and blocks, and where a sentence ends; no Django."""

import re
from dataclasses import dataclass

MOST_BYTES = 5_000_000
CLOSING = "\"'”’“»«›)]}」』"
FULL_STOPS = ".…。।．"
QUOTES = {
    '"': '"',
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‘": "’",
    "'": "'",
    "「": "」",
    "『": "』",
}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_a-z]\.\s?){2,}\Z")  # U.S., U. N.
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:[ap]\.\s?m|e\.\s?g|i\.\s?e|inc|ltd|corp|co|jr|sr|st|dr|mr|mrs|ms|prof|gen|lt|"
    r"sgt|sen|gov|vs|etc|approx|dept|est|ee\.\s?uu|jan|feb|aug|sept|oct|nov|"
    r"dec)\.\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong with a document, and in which line (from 1)."""

    line: int
    reason: str

    def __str__(self):
        return f"line {self.line}: {self.reason}"


class DocumentError(ValueError):
    """A document can't be read; `problems` says all that is wrong, in the order of lines."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Block:
    """Lines without a blank one between; `line` is the number of the first, from 1."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    def without_lines(self, count: int) -> "Block":
        return Block(self.line + count, self.lines[count:])


def read_blocks(data: bytes | str) -> list[Block]:
    """Split a document into blocks; raises `DocumentError` for bytes that are no plain text."""
    text = _decode(data) if isinstance(data, bytes) else data
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    _refuse_controls(lines)
    blocks: list[Block] = []
    current: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            current.append(line.strip(" \t"))
        elif current:
            blocks.append(Block(number - len(current), tuple(current)))
            current = []
    return blocks


def _decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        reason = f"the document has more than {MOST_BYTES:,} bytes"
        raise DocumentError([Problem(1, reason)])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"byte {data[error.start]:#04x} is not UTF-8 text"
        raise DocumentError([Problem(line, reason)]) from error


def _refuse_controls(lines):
    problems = []
    for number, line in enumerate(lines, start=1):
        found = _CONTROL.search(line) or re.search("[\ud800-\udfff]", line)
        if found:
            code = f"U+{ord(found.group()):04X}"
            problems.append(Problem(number, f"holds the control character {code}"))
    if problems:
        raise DocumentError(problems[:20])


def ends_in_full_stop(text: str, *, any_mark: bool = False) -> bool:
    """Tell whether a sentence ends here: closing quotes and an abbreviation's stop don't count.

    `any_mark` lets question and exclamation marks end a sentence too.
    """
    bare = text.rstrip(CLOSING + " \t\N{NO-BREAK SPACE}")
    marks = FULL_STOPS + "!?？！" if any_mark else FULL_STOPS
    if not bare or bare[-1] not in marks:
        return False
    if bare[-1] != "." or bare.endswith(".."):
        return True
    return not (_INITIALS.search(bare[-16:]) or _ABBREVIATION.search(bare[-16:]))


def is_quoted(text: str) -> bool:
    """Tell whether the whole text is one quotation."""
    closing = QUOTES.get(text[:1])
    if not closing or len(text) < 2 or text[-1] not in closing:
        return False
    return not any(mark in text[1:-1] for mark in {text[0], text[-1]} - {"'", "’"})
