"""Updates that are known by their headlines, with a time here and there."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .blocks import Block
from .bylines import read_bylines
from .captions import read_update_picture
from .credits import is_lone_credit
from .line_shapes import MOST_IN_HEADLINE, ends_in_abbreviation, is_headline
from .lines import Kind, Mark
from .sections import Section
from .text import Problem, refuse

TIME, HEADLINE, PARAGRAPH, BYLINE = "time", "headline", "paragraph", "byline"


def count_headlines(body: list[Block]) -> int:
    """Count the lines that look like headlines: each above a paragraph."""
    kinds = _kinds([block for block in body if block.kind in {Kind.TEXT, Kind.TIME}])
    return sum(pair == (HEADLINE, PARAGRAPH) for pair in pairwise(kinds))


def read_sections(body: list[Block]) -> tuple[list[Block], list[Section]]:
    """Return the blocks of the introduction, and the updates; raise DocumentError."""
    kinds = _kinds(body)
    refuse(_problems(body, kinds))
    starts = [
        index
        for index, kind in enumerate(kinds)
        if kind == TIME or (kind == HEADLINE and kinds[index - 1 : index] != [TIME])
    ]
    first = starts[0] if starts else len(body)
    ends = [*starts[1:], len(body)]
    return body[:first], [
        _section(body[a:b], kinds[a:b]) for a, b in zip(starts, ends, strict=False)
    ]


def with_days(body: list[Block]) -> tuple[list[Block], list[Block]]:
    """Part the days that are above updates from the text; else a date alone is text."""
    days = [
        block
        for block, after in pairwise(body)
        if block.kind == Kind.DAY and after.kind == Kind.TEXT and is_headline(after.text)
    ]
    days = days if len(days) > 1 else []
    lines = {day.line for day in days}
    rest = (each for each in body if each.line not in lines)
    return [_as_text(each) for each in rest], days


def _as_text(block):
    return replace(block, kind=Kind.TEXT) if block.kind == Kind.DAY else block


def of_days(sections: list[Section], days: list[Block]) -> list[Section]:
    """Give each update the day that is next above it."""
    found, ahead = [], deque(days)
    moment = None
    for section in sections:
        while ahead and ahead[0].line < section.line:
            moment = ahead.popleft().moment
        found.append(section if section.moment else replace(section, moment=moment))
    return found


def _section(blocks, kinds):
    moment = blocks[0].moment if kinds[0] == TIME else None
    rest = blocks[1:] if kinds[0] == TIME else blocks
    headline = rest[0].text if HEADLINE in kinds else ""
    body = rest[1:] if headline else rest
    return Section(blocks[0].line, headline, body, moment, rest[0].line if headline else 0)


def _kinds(body: list[Block]) -> list[str]:
    """Say of each block whether it is a time, a headline, a byline or a paragraph."""
    kinds: list[str] = []
    for index, block in enumerate(body):
        kinds.append(_kind(block, kinds[-1] if kinds else None))
        is_doubtful = kinds[-1] == HEADLINE and not block.mark and ends_in_abbreviation(block.text)
        if is_doubtful and not _stands_as_headline(body, index, kinds):
            kinds[-1] = PARAGRAPH
    return kinds


def _kind(block, before):
    if block.kind == Kind.TIME:
        return TIME
    if block.mark:
        return HEADLINE if block.mark == Mark.HEADLINE else PARAGRAPH
    if len(block.lines) > 1 or len(block.text) > MOST_IN_HEADLINE:
        return PARAGRAPH
    if before in {HEADLINE, BYLINE} and read_bylines(block.text):
        return BYLINE
    if before == TIME:
        return HEADLINE
    is_line = is_headline(block.text) and not is_lone_credit(block.text)
    return HEADLINE if is_line and not read_update_picture(block) else PARAGRAPH


def _stands_as_headline(body, index, kinds):
    """Whether `… in the U.S.` has a headline's place; else it ends a paragraph's sentence."""
    before = kinds[index - 1] if index else None
    after = body[index + 1] if index + 1 < len(body) else None
    if before == TIME:
        return True
    if before == HEADLINE or after is None:
        return False
    return _kind(after, HEADLINE) == PARAGRAPH or ends_in_abbreviation(after.text)


_FOLLOWS = {
    None: _(
        "the end follows the headline “%(headline)s”; "
        "an update needs a paragraph, and a paragraph ends in a full stop"
    ),
    TIME: _(
        "a time follows the headline “%(headline)s”; "
        "an update needs a paragraph, and a paragraph ends in a full stop"
    ),
}
_ANOTHER_FOLLOWS = _(
    "another headline follows the headline “%(headline)s”; "
    "an update needs a paragraph, and a paragraph ends in a full stop"
)


def _problems(body, kinds) -> Iterator[Problem]:
    plain = [(block, kind) for block, kind in zip(body, kinds, strict=True) if kind != BYLINE]
    after_kinds = [*(kind for _block, kind in plain), None][1:]
    for (block, kind), after in zip(plain, after_kinds, strict=True):
        if kind == TIME and after in {TIME, None}:
            words = _("no update follows the time “%(time)s”")
            yield Problem(block.line, Message(words, time=block.text))
        if kind == HEADLINE and after != PARAGRAPH and block.mark != Mark.HEADLINE:
            words = _FOLLOWS.get(after, _ANOTHER_FOLLOWS)
            yield Problem(block.line, Message(words, headline=block.text))
