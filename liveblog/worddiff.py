"""What changed between two plain texts, word by word."""

import re
from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

SAME, REMOVED, ADDED = "same", "removed", "added"
MOST_PAIRS = 40_000  # of words between two anchors: matching takes the square of them, and more

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    """A run of text that stayed, went or came; `kind` is SAME, REMOVED or ADDED."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Compare two texts.

    SAME and REMOVED pieces in their order are `old`, SAME and ADDED ones are `new`, to
    the last space. Words are never cut; what lies between two changes and holds no word
    belongs to them.
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if before == after:
        return [Piece(SAME, old)] if old else []
    return _pieces(_joined(_steps(before, after)))


def _steps(before, after):
    """Yield what to do, the old words and the new: between anchors, where few enough."""
    a = c = 0
    for b, d in [*_anchors(before, after), (len(before), len(after))]:
        yield from _steps_between(before[a:b], after[c:d])
        if b < len(before):
            yield "equal", before[b], after[d]
        a, c = b + 1, d + 1


def _steps_between(before, after):
    start, end = _same_at_start(before, after), 0
    if start < min(len(before), len(after)):
        end = _same_at_start(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if start:
        yield "equal", "".join(before[:start]), "".join(before[:start])
    if len(old) * len(new) > MOST_PAIRS:
        yield "replace", "".join(old), "".join(new)
    else:
        for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield step, "".join(old[a:b]), "".join(new[c:d])
    if end:
        yield "equal", "".join(before[-end:]), "".join(before[-end:])


def _same_at_start(before, after):
    pairs = zip(before, after, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))


def _anchors(before, after):
    """Return the positions of words that occur once in both, in the order of both.

    As many as can be (patience sorting), so that long texts fall into short ones.
    """
    once = _places_of_single(before), _places_of_single(after)
    pairs = [(place, once[1][word]) for word, place in once[0].items() if word in once[1]]
    ends: list[int] = []  # the least end of a row of each length
    last: list[int] = []  # the pair that it ends in
    previous: list[int] = []  # for each pair the one before it
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        previous.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [place], [number]
    row, number = [], last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = previous[number]
    return row[::-1]


def _places_of_single(words):
    counts = Counter(words)
    return {word: place for place, word in enumerate(words) if counts[word] == 1}


def _joined(steps):
    """Join changes that only spaces or punctuation keep apart."""
    joined: list[tuple[str, str, str]] = []
    steps = list(_runs(steps))
    for place, (step, old, new) in enumerate(steps):
        between = 0 < place < len(steps) - 1
        is_change = step != "equal" or (between and not re.search(r"\w", old))
        if joined and is_change and joined[-1][0] == "replace":
            joined[-1] = ("replace", joined[-1][1] + old, joined[-1][2] + new)
        else:
            joined.append(("replace" if is_change else "equal", old, new))
    return joined


def _runs(steps):
    """Make one step of those of a kind that follow each other."""
    for is_same, run in groupby(steps, lambda step: step[0] == "equal"):
        _, old, new = zip(*run, strict=True)
        yield "equal" if is_same else "replace", "".join(old), "".join(new)


def _pieces(steps):
    pieces = []
    for step, old, new in steps:
        if step == "equal":
            pieces.append(Piece(SAME, old))
        else:
            pieces += [Piece(REMOVED, old)] if old else []
            pieces += [Piece(ADDED, new)] if new else []
    return pieces
