"""The inline tags round the words: which are wanted there, and which are written."""

import re
from html import escape

from .grammar import HEADINGS, INLINE
from .links import link_address


class Inlines:
    """Opens no tag before its first word, and lets none cross another."""

    def __init__(self) -> None:
        self._wanted: list[tuple[str, str]] = []  # (source tag, opening tag) round the cursor
        self._opened: list[str] = []  # written, and not yet closed

    def want(self, tag: str, attributes: dict) -> None:
        self._wanted.append((tag, _opening_of(tag, attributes)))

    def unwant(self, tag: str) -> None:
        """Leave the innermost of a source's tags; nothing where none is open."""
        for index in range(len(self._wanted) - 1, -1, -1):
            if self._wanted[index][0] == tag:
                del self._wanted[index]
                return

    def lead_to_words(self, gap: str) -> list[str]:
        """Return what to write before the next words: closing tags, space, opening tags."""
        target = self._target()
        kept = 0
        while kept < min(len(target), len(self._opened)) and target[kept] == self._opened[kept]:
            kept += 1
        closed = [self._close_one() for _ in self._opened[kept:]]
        self._opened += target[kept:]
        return [*closed, gap, *target[kept:]]

    def _target(self):
        """The tags wanted, each once; of links the innermost."""
        target = list(dict.fromkeys(opening for _, opening in self._wanted if opening))
        links = [opening for opening in target if opening.startswith("<a")]
        return [opening for opening in target if opening not in links[:-1]]

    def close(self) -> list[str]:
        """Return the closing tags of all that is open."""
        return [self._close_one() for _ in list(self._opened)]

    def _close_one(self):
        name = self._opened.pop()[1:].split(" ")[0].rstrip(">")
        return f"</{name}>"


def _opening_of(tag, attributes):
    """Return the tag of the grammar that a source's tag means; nothing where it means none."""
    if tag in HEADINGS:
        return "<strong>"
    style = (attributes.get("style") or "").replace(" ", "")
    if tag == "span":
        return _meant_by(style.lower())
    if tag == "a":
        href = link_address(attributes.get("href"))
        return f'<a href="{escape(href)}">' if href else ""
    return "" if "font-weight:normal" in style else f"<{INLINE[tag]}>"


def _meant_by(style):
    if re.search(r"font-weight:(?:bold|[6-9]00)", style):
        return "<strong>"
    return "<em>" if "font-style:italic" in style else ""
