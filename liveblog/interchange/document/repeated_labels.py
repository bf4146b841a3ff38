"""Buttons in whatever words: short lines with which update after update ends."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .bylines import read_bylines, read_plain_names
from .credits import is_lone_credit
from .line_shapes import SENTENCE_ENDS, ends_in_full_stop
from .lines import Kind, Line
from .sources import find_source

_LEAST_UPDATES = 3
_MOST_IN_LABEL = 40
_MOST_LABELS = 12  # under one update


def without_repeated_labels(lines: Sequence[Line]) -> list[Line]:
    """Leave out what at least three updates and half of all have at their end."""
    starts = [index for index, line in enumerate(lines) if line.kind == Kind.TIME]
    ends = [_short_at_end(lines, start, end) for start, end in pairwise([*starts, len(lines)])]
    counts = Counter(text for end in ends for text in {lines[index].text for index in end})
    least = max(_LEAST_UPDATES, len(ends) / 2)
    labels = {text for text, count in counts.items() if count >= least and not _says(text)}
    found = list(lines)
    for index in (index for end in ends for index in end):
        if found[index].text in labels:
            found[index] = replace(found[index], kind=Kind.BOILERPLATE)
    return found


def _short_at_end(lines, start, end):
    """Return the places of the short lines at an update's end, behind its own first line."""
    has_text = bool(lines[start].rest)
    texts = [index for index in range(start + 1, end) if lines[index].kind == Kind.TEXT]
    found: list[int] = []
    for index in reversed(texts if has_text else texts[1:]):
        if len(found) == _MOST_LABELS or not _may_be_label(lines[index]):
            break
        found.append(index)
    return found


def _may_be_label(line):
    is_short = len(line.text) <= _MOST_IN_LABEL and not line.text.endswith(tuple(SENTENCE_ENDS))
    return is_short and not line.mark and not ends_in_full_stop(line.text)


def _says(text):
    """Whether a line says who wrote, took or reported it, as often as it may come again."""
    names = read_bylines(text) or read_plain_names(text) or find_source(text)
    return bool(names) or is_lone_credit(text) or not any(map(str.isalpha, text))
