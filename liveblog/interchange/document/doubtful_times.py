"""Times that only what is round them makes the times of updates, or not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from .bylines import read_plain_names
from .line_shapes import MOST_IN_HEADLINE, begins_lower_case, ends_in_full_stop, is_headline
from .lines import Kind, Line
from .times import plain, read_line

_BEHIND = re.compile(r"\s(?:\((?P<time>[^()]{4,20})\)|[|–—]\s(?P<after>[^|–—]{4,20}))$")

_MOST_IN_NAME = 3  # words
_BEHIND_SPACES = re.compile(r"\s{1,3}(?P<time>\[?\d{1,2}[:.]\d{2}(?:\s?[AaPp][Mm])?\]?)$")


def with_sure_times(lines: Sequence[Line]) -> list[Line]:
    """Decide on times before text, and on those behind a headline."""
    return list(_settled(_with_times_behind(list(lines))))


def _with_times_behind(lines):
    """Read `Union walks out (14:39)` as a headline with its time, if nothing else has one."""
    if any(line.kind == Kind.TIME for line in lines):
        return lines
    found = {line.number: read for line in lines if (read := _read_time_behind(line))}
    return [found.get(line.number, line) for line in lines] if len(found) > 1 else lines


def _read_time_behind(line):
    if line.kind != Kind.TEXT or line.mark or len(line.text) > MOST_IN_HEADLINE:
        return None
    text = plain(line.text)
    match = _BEHIND.search(text, max(0, len(text) - 40))
    match = match or _behind_name(text)
    moment = read_line(next(filter(None, match.groups()))) if match else None
    if not match or not moment or not moment.time:
        return None
    rest = line.text[: match.start()].rstrip()
    return replace(line, kind=Kind.TIME, moment=moment, rest=rest) if rest else None


def _behind_name(text):
    """Find the time behind a writer's name: `Jane Roe  2:05 PM`."""
    match = _BEHIND_SPACES.search(text, max(0, len(text) - 20))
    name = text[: match.start()] if match else ""
    return match if len(name.split()) <= _MOST_IN_NAME and read_plain_names(name) else None


def _settled(lines) -> Iterator[Line]:
    """Decide on times in the midst of a paragraph, and on doubtful ones by their number."""
    times = [line for line in lines if line.kind == Kind.TIME]
    sure = sum(not line.is_weak for line in times)
    keeps_weak = sure == 0 and len(times) > 1
    headed = _under_headlines(lines)
    before: Line | None = None
    leads = False  # whether a time is on the first line of this paragraph
    for line in lines:
        is_start = before is None or before.kind != Kind.TEXT
        is_doubtful = line.rest and not line.mark and line.number not in headed
        if is_doubtful and not _stands(line, before, is_start, leads, keeps_weak):
            line = replace(line, kind=Kind.TEXT, rest="", moment=None)
        if is_start or line.kind == Kind.BLANK:
            leads = line.kind == Kind.TIME
        before = None if line.kind == Kind.BLANK else line
        yield line


def _under_headlines(lines):
    """Return the numbers of lines `18.32 Uhr: Text` that are each under a headline of one line."""
    above = [Line(0, "", Kind.BLANK), *lines]
    found = [
        line.number
        for (over, headline), line in zip(pairwise(above), lines[1:], strict=False)
        if line.rest and not line.is_weak and _has_colon(line)
        if headline.kind == Kind.TEXT and over.kind not in {Kind.TEXT, Kind.TIME}
        if is_headline(headline.text) and not ends_in_full_stop(headline.text)
    ]
    return set(found) if len(found) > 1 else set()


def _has_colon(line):
    return line.text[line.moment.end :].lstrip().startswith((":", "："))


def _is_bare(behind):
    """Whether only a space parts a time from what follows."""
    return behind[:1].isspace() and behind[1:2].isalnum()


def _stands(line, before, is_start, leads, keeps_weak):
    if line.is_weak and not keeps_weak:
        return False
    behind = line.text[line.moment.end :]
    if behind.startswith("\t"):
        return True  # a row of a table, under the row that names its columns
    if before and before.kind == Kind.TIME and not before.rest and _is_bare(behind):
        return False  # a headline that begins with figures, under its time
    if is_start or before.kind == Kind.TIME:
        return True
    if leads and not begins_lower_case(line.rest):
        return True
    return ends_in_full_stop(before.text)
