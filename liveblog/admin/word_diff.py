"""What differs between two texts, word by word, and nothing of how it looks."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
MAX_TOKENS = 20_000  # past this the texts are told to differ as a whole: matching is quadratic


@dataclass(frozen=True)
class Piece:
    """A run of text; `kind` is "same", "gone" (only in the first) or "new" (only in the second)."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other.

    The texts of "same" and "gone" make `before`, those of "same" and "new" make `after`.
    """
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    if len(old) + len(new) > MAX_TOKENS:
        return _whole(before, after)
    pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += _pieces("gone", old[a:b]) + _pieces("new", new[c:d])
    return pieces


def _pieces(kind, tokens):
    return [Piece(kind, "".join(tokens))] if tokens else []


def _whole(before, after):
    if before == after:
        return [Piece("same", before)]
    return _pieces("gone", [before] if before else []) + _pieces("new", [after] if after else [])
