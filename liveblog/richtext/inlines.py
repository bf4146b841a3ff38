"""The inline tags round the words: which are wanted there, and which are written."""

import re
from html import escape

from .grammar import DELETED, HEADINGS, INLINE
from .links import link_address

MAX_OPEN = 40  # tags open round a word; nobody writes more


class Inlines:
    """Opens no tag before its first word, and lets none cross another."""

    def __init__(self) -> None:
        self._wanted: list[tuple[str, list[str]]] = []  # (source tag, its opening tags)
        self._opened: list[str] = []  # written, and not yet closed

    @property
    def is_deleted(self) -> bool:
        """Tell whether the words at the cursor are struck out."""
        return any("<del>" in openings for _, openings in self._wanted)

    def want(self, tag: str, attributes: dict) -> None:
        if tag == "a":
            self.unwant("a")  # links can't be nested
        if len(self._wanted) < MAX_OPEN:
            self._wanted.append((tag, _openings_of(tag, attributes)))

    def unwant(self, tag: str) -> None:
        """Leave the innermost of a source's tags; nothing where none is open."""
        for index in range(len(self._wanted) - 1, -1, -1):
            if self._wanted[index][0] == tag:
                del self._wanted[index]
                return

    def lead_to_words(self, gap: str) -> list[str]:
        """Return what to write before the next words: closing tags, space, opening tags."""
        target = self._target()
        common = 0
        while (
            common < min(len(target), len(self._opened)) and target[common] == self._opened[common]
        ):
            common += 1
        closed = [self._close_one() for _ in self._opened[common:]]
        self._opened += target[common:]
        return [*closed, gap, *target[common:]]

    def _target(self):
        """The tags wanted, each once; of links the innermost."""
        openings = (opening for _, openings in self._wanted for opening in openings)
        target = list(dict.fromkeys(openings))
        links = [opening for opening in target if opening.startswith("<a")]
        return [opening for opening in target if opening not in links[:-1]]

    def close(self) -> list[str]:
        """Return the closing tags of all that is open."""
        return [self._close_one() for _ in list(self._opened)]

    def _close_one(self):
        name = self._opened.pop()[1:].split(" ")[0].rstrip(">")
        return f"</{name}>"


def _openings_of(tag, attributes):
    """Return the tags of the grammar that a source's tag means; nothing where it means none."""
    if tag in HEADINGS:
        return ["<strong>"]
    if tag in DELETED:
        return ["<del>"]
    style = (attributes.get("style") or "").replace(" ", "").lower()
    if tag == "span":
        return _meant_by(style)
    if tag == "a":
        href = link_address(attributes.get("href"))
        return [f'<a href="{escape(href)}">'] if href else []
    is_undone = "font-weight:normal" in style  # Google Docs wraps whole texts so
    return [] if is_undone else [f"<{INLINE[tag]}>"]


def _meant_by(style):
    meant = {
        "<del>": re.search(r"text-decoration(?:-line)?:[a-z-]*line-through", style),
        "<strong>": re.search(r"font-weight:(?:bold|[6-9]00)", style),
        "<em>": "font-style:italic" in style,
        "<sup>": "vertical-align:super" in style,
        "<sub>": "vertical-align:sub" in style,
    }
    return [opening for opening, is_meant in meant.items() if is_meant]
