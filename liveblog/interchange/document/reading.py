"""What every line of a document was read as, for an editor who checks it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .header import Header
from .lines import Kind, LeftOut, Line
from .sections import Section

INTRODUCTION = _("introduction")
TIME = _("time")
TIME_AND_TEXT = _("time and what follows it")
HEADLINE = _("headline of an update")
TEXT = _("text")
LEFT_OUT = _("left out")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line with what it was read as, and the editor's mark on it."""

    line: int
    text: str
    part: Message
    mark: str = ""


def read_parts(
    lines: Iterable[Line],
    header: Header,
    sections: Sequence[Section],
    dropped: Iterable[LeftOut],
    *,
    known: Mapping[int, str],
) -> tuple[ReadLine, ...]:
    """Say of every line that is not blank what it was read as; `known` are those amid the text."""
    gone = {each.line for each in dropped}
    headlines = {section.headline_line for section in sections}
    first = sections[0].line if sections else None
    parts = []
    for line in lines:
        if line.kind == Kind.BLANK:
            continue
        if line.number in gone:
            part = LEFT_OUT
        elif line.number in known and line.kind == Kind.TEXT:
            part = known[line.number]
        elif first is not None and line.number >= first:
            part = _part_of_update(line, headlines)
        else:
            part = header.parts.get(line.number, INTRODUCTION)
        parts.append(ReadLine(line.number, line.text, Message(part), line.mark))
    return tuple(parts)


def _part_of_update(line, headlines):
    if line.kind == Kind.TIME:
        return TIME_AND_TEXT if line.rest else TIME
    return HEADLINE if line.number in headlines else TEXT
