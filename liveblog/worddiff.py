"""What changed between two plain texts, word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, REMOVED, ADDED = "same", "removed", "added"
MOST_TOKENS = 20_000  # past it a text counts as rewritten: matching takes the square of the words

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
    if len(before) + len(after) > MOST_TOKENS:
        return _pieces([("replace", old, new)])
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    steps = [
        (step, "".join(before[a:b]), "".join(after[c:d]))
        for step, a, b, c, d in matcher.get_opcodes()
    ]
    return _pieces(_joined(steps))


def _joined(steps):
    """Join changes that only spaces or punctuation keep apart."""
    joined = []
    for place, (step, old, new) in enumerate(steps):
        between = 0 < place < len(steps) - 1
        is_change = step != "equal" or (between and not re.search(r"\w", old))
        if joined and is_change and joined[-1][0] == "replace":
            joined[-1] = ("replace", joined[-1][1] + old, joined[-1][2] + new)
        else:
            joined.append(("replace" if is_change else "equal", old, new))
    return joined


def _pieces(steps):
    pieces = []
    for step, old, new in steps:
        if step == "equal":
            pieces.append(Piece(SAME, old))
        else:
            pieces += [Piece(REMOVED, old)] if old else []
            pieces += [Piece(ADDED, new)] if new else []
    return pieces
