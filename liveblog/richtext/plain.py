"""Plain text into rich text, and back."""

import re
from html import escape, unescape

from .cleaning import CleanHTML, clean


def from_plain_text(paragraphs: list[str]) -> CleanHTML:
    """Make one paragraph of each text."""
    return clean("".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs))


def to_plain_text(html: str) -> str:
    """Return the words alone, one line a paragraph, list item or line break."""
    lined = re.sub(r"<br>|</(?:p|li)>|(?<=.)<(?:ul|ol)>", "\n", html)
    text = unescape(re.sub(r"<[^>]*>", "", lined))
    return re.sub(r"\n{2,}", "\n", text).strip("\n")
