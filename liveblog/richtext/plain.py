"""Plain text into rich text, and back."""

import re
from html import escape

from .cleaning import CleanHTML, clean
from .superscript import raise_signs
from .tokens import unescape_words

_LINE_ENDS = re.compile(r"<br>|</(?:p|li)>|(?<=.)<(?:ul|ol)>")
_TAG = re.compile(r"<(?!/?su[bp]>)[^<>]*>")
_EMPTY_LINES = re.compile(r"\n{2,}")


def from_plain_text(paragraphs: list[str]) -> CleanHTML:
    """Make one paragraph of each text."""
    return clean("".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs))


def to_plain_text(html: str) -> str:
    """Return the words alone, one line a paragraph, list item or line break.

    What is raised or lowered becomes signs of its own: 10⁶ m³, CO₂.
    """
    lined = _LINE_ENDS.sub("\n", html)
    text = unescape_words(raise_signs(_TAG.sub("", lined)))
    return _EMPTY_LINES.sub("\n", text).strip("\n")
