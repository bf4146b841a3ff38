"""What readers of several formats do alike with headlines, texts and the order of entries."""

import re
from datetime import UTC, datetime
from html import escape

from liveblog.interchange.archive import Archive, Entry, one_line, plain_line

from .markup import paragraphs, read_either, read_html, split_headline
from .repair import decode_again

_EARLY = datetime.min.replace(tzinfo=UTC)


class Plain(str):
    """Text that its format says is without markup: what looks like a tag is a word."""


def read_text(
    said: str, archive: Archive, *, headline: str = "", base: str = ""
) -> tuple[str, str]:
    """Read a body: `(headline, body)`; the heading it begins with, where none is given.

    A headline that only repeats the first words of the body is left out.
    """
    body = _read_body(said, archive, base)
    headline = read_line(headline)
    if not headline:
        return split_headline(body)
    first = one_line(body[:2000], 1000)
    stem = headline.rstrip("….").strip()
    is_cut = headline.endswith(("…", "...")) or first == headline
    if stem and is_cut and first.startswith(stem):
        return "", body
    return headline, body


def read_line(said: str) -> str:
    """Read a headline, which may be plain or hold markup."""
    return plain_line(said) if isinstance(said, Plain) else one_line(decode_again(said))


def _read_body(said, archive, base):
    if isinstance(said, Plain):
        return read_html(paragraphs(escape(said, quote=False)), archive, base=base)
    return read_either(decode_again(said), archive, base=base)


def oldest_first(entries: list[Entry], *, is_ascending: bool = False) -> list[Entry]:
    """Sort by time; those of one moment keep their order, reversed in a file of newest first.

    `is_ascending` says how the format lists entries that all have one moment: a page that
    gives days alone.
    """
    known = [each.published_at for each in entries if each.published_at]
    is_same = len(set(known)) == 1 and not is_ascending
    if len(known) > 1 and (is_same or known[0] > known[-1]):
        entries = entries[::-1]
    early = min(known, default=None)
    return sorted(entries, key=lambda each: each.published_at or early or _EARLY)


def split_names(said: str) -> list[str]:
    """Part a byline of several names."""
    text = re.sub(r"^\s*by\s+", "", one_line(said, 600), flags=re.IGNORECASE)
    return [each for each in re.split(r"\s*[,;]\s*|\s+(?:and|und|y|et)\s+|\s*&\s*", text) if each]
