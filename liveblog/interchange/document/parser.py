"""A live blog as plain text → its kicker, headline, introduction and updates.

Editors paste documents of many outlets: the header is found by its position, an update by its
time or by its headline. Nothing here knows Django or a database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from . import timed, untimed
from .ages import with_ages
from .blocks import Block, blocks
from .bylines import read_bylines
from .captions import read_update_picture
from .content import read_content
from .credits import is_lone_credit
from .doubtful_times import with_sure_times
from .header import Header
from .languages import guess_language
from .line_shapes import ends_in_full_stop, is_headline
from .lines import (
    CREDIT,
    DAY,
    NAME_AGAIN,
    NO_TEXT,
    PUBLISHER,
    REPEATED,
    ROLE,
    TWICE,
    Kind,
    LeftOut,
    left_out,
    read_lines,
    relative_problems,
    without_inline_times,
)
from .page_dates import with_page_dates
from .reading import read_parts
from .repeated_labels import without_repeated_labels
from .sections import Section
from .story import Document, Update
from .text import DocumentError, Problem, decode, refuse
from .yesterdays import with_yesterdays
from .zones import home_of

MOST_IN_WRAPPED_LINE = 100  # characters; a text wrapped by hand has no longer lines


def parse(
    source: bytes | str,
    *,
    marks: Mapping[int, str] | None = None,
    newest: datetime | None = None,
) -> Document:
    """Read a document; raise DocumentError with every problem found, by line.

    `marks` says what an editor knows better, by the line's number: `title` (the story's
    headline), `headline` (an update's), `text` or `boilerplate` (to be left out). `newest` is
    the local moment of the first update, from which ages such as `3h ago` are counted.
    """
    text = decode(source)
    lines = with_page_dates(with_sure_times(read_lines(text, marks or {})))
    lines = without_repeated_labels(with_yesterdays(with_ages(lines, newest), newest))
    refuse(relative_problems(lines))
    found = blocks(lines)
    if not found:
        raise DocumentError(Problem(1, Message(_("the document is empty"))))
    is_timed = _is_timed(found)
    if not is_timed:
        found = blocks(without_inline_times(lines))
    header = Header(found, is_timed=is_timed)
    is_wrapped = not is_timed or max(len(line.text) for line in lines) <= MOST_IN_WRAPPED_LINE
    found = header.found
    updated = header.updated or _updated_below(found[header.position :])
    below = found[header.position :]
    body = _read_body(below, header.bylines, is_timed=is_timed, is_wrapped=is_wrapped)
    introduction = read_content(body.introduction, is_wrapped=is_wrapped, is_introduction=True)
    contents = [
        read_content(section.body, is_wrapped=is_wrapped, writer=section.writer)
        for section in body.sections
    ]
    days = [
        each for each in found[: None if is_timed else header.position] if each.kind == Kind.DAY
    ]
    dropped = [*_left_out([*days, *body.days], DAY), *_left_out(body.empty, NO_TEXT)]
    dropped += _left_out(body.repeated, REPEATED)
    dropped += [*_left_out(_lines(body.twice), TWICE), *_left_out(body.names, NAME_AGAIN)]
    dropped += [*_left_out(header.credits, CREDIT), *_left_out(header.publishers, PUBLISHER)]
    for content in (introduction, *contents):
        dropped += [*_left_out(content.credits, CREDIT), *_left_out(content.roles, ROLE)]
    notes = [*header.notes, *(note for content in contents for note in content.notes)]
    notes += [*introduction.notes, *(_doubts(body.sections) if is_timed else ())]
    gone = tuple(sorted([*left_out(lines), *dropped], key=lambda each: each.line))
    return Document(
        headline=header.headline.text,
        kicker=header.kicker,
        standfirst=header.standfirst,
        pictures=(*header.pictures, *introduction.pictures),
        introduction=introduction.paragraphs,
        updates=tuple(map(_update, body.sections, contents)),
        headline_line=header.headline.line,
        topics=tuple(header.topics),
        bylines=tuple(dict.fromkeys((*header.bylines, *introduction.bylines))),
        updated=updated,
        timezone=_timezone(body.sections, updated),
        language=guess_language(text),
        left_out=gone,
        notes=tuple(sorted(notes)),
        lines=read_parts(
            lines, header, body.sections, gone, known=_parts([introduction, *contents])
        ),
    )


def _updated_below(found):
    """Return the page's moment where it is amid the introduction, above the first time."""
    for block, after in pairwise(found):
        if block.kind == Kind.TIME:
            break
        is_of_update = after.kind == Kind.TIME and after.line == block.line + 1
        if block.kind == Kind.UPDATED and block.moment and block.moment.day and not is_of_update:
            return block.moment
    return None


def _is_timed(found):
    """Whether times part the updates: then hardly a headline is before the first of them.

    In a long list of times one may, in the introduction; behind the last time there are
    those of a long last update.
    """
    if all(block.kind != Kind.TIME for block in found):
        return False
    header = Header(found, is_timed=True)
    found, start = header.found, header.position
    times = [index for index, block in enumerate(found) if block.kind == Kind.TIME]
    before = untimed.count_headlines(found[start : times[0]])
    behind = untimed.count_headlines(found[times[-1] + 2 :])
    is_list = len(times) > 1 and behind <= 2 * len(times)
    return before * 3 <= len(times) and (is_list or behind == 0)


@dataclass(frozen=True, slots=True)
class _Body:
    introduction: list[Block]
    sections: list[Section]
    empty: Sequence[Block] = ()
    repeated: Sequence[Block] = ()
    twice: Sequence[Block] = ()
    names: Sequence[Block] = ()
    days: Sequence[Block] = ()  # of updates without times


def _read_body(blocks_below, writers, *, is_timed, is_wrapped) -> _Body:
    if not is_timed:
        text = [each for each in blocks_below if each.kind != Kind.UPDATED]
        text, days = untimed.with_days(text)
        above, sections = untimed.read_sections(text)
        return _Body(above, untimed.of_days(sections, days), days=days)
    writers = [*writers, *_writers_above(blocks_below)]
    read = timed.read_sections(blocks_below, is_wrapped=is_wrapped, writers=writers)
    if not read.sections:
        words = _("no update follows the time “%(time)s”")
        problems = (Problem(each.line, Message(words, time=each.text)) for each in read.empty)
        refuse(problems)
    headlines = {section.headline.casefold() for section in read.sections}
    repeated = [each for each in read.above if each.text.casefold() in headlines]
    above = [each for each in read.above if each.text.casefold() not in headlines]
    return _Body(above, read.sections, read.empty, repeated, read.twice, read.names)


def _writers_above(found):
    """Return the names in the bylines of the introduction."""
    for block in found:
        if block.kind == Kind.TIME:
            return
        yield from read_bylines(block.text)


def _lines(found):
    """Return each line of the blocks as a block of its own."""
    return [
        replace(block, line=block.line + at, lines=(line,))
        for block in found
        for at, line in enumerate(block.lines)
    ]


def _parts(contents) -> dict[int, str]:
    return dict(part for content in contents for part in content.parts)


def _left_out(found, reason):
    return [LeftOut(each.line, each.text, Message(reason)) for each in found]


def _update(section, content) -> Update:
    moment = section.moment
    return Update(
        section.line,
        section.headline,
        content.paragraphs,
        moment.time if moment else None,
        content.pictures,
        moment.day if moment else None,
        content.bylines,
    )


def _timezone(sections, updated) -> str:
    """Return the time zone that most of the times name; of GMT in winter, London's."""
    named = [section.moment.zone for section in sections if section.moment] or []
    if updated:
        named.append(updated.zone)
    if not any(named):
        return ""
    name = max(filter(None, named), key=named.count)
    dated = [updated, *(section.moment for section in sections)]
    days = (moment.day.date for moment in dated if moment and moment.day)
    return home_of(name, next(filter(None, days), None)) or ""


def _doubts(sections):
    """Name the lines amid an update that look like the headline of another."""
    words = _("“%(headline)s” has no time of its own: read as text of the update above")
    for section in sections:
        for block, after in pairwise(section.body):
            is_line = len(block.lines) == 1 and not block.mark and is_headline(block.text)
            is_picture = read_update_picture(block) or is_lone_credit(block.text)
            is_other = read_bylines(block.text) or is_picture
            if is_line and not is_other and ends_in_full_stop(after.text):
                yield Problem(block.line, Message(words, headline=block.text))
