"""Agencies that sign a text: `HAMBURG (dpa) –` before it, `(Reuters)` or `— AFP` behind it."""

import re
from collections.abc import Iterator

from .line_shapes import FULL_STOPS, SPACES
from .phrases import phrase_at_start
from .sources import AGENCY, OUTLET, Source, find_source, guess_kind, longest_spelling

_DATELINE = re.compile(
    r"[^()（）\[\]【】.。!?]{0,50}[(（\[【](?P<names>[^()（）\[\]【】]{2,60})[)）\]】]"
)
_BEFORE_DASH = re.compile(r"(?P<names>[^\s()（）.:]{2,30})\s?[:：]?\s?[-–—―]\s")
_SPLIT = re.compile(r"[/=＝,;|·・、+&]|\s[-–—]\s")
_SIGLA = re.compile(r"[\w.-]{1,12}(?:/[\w.-]{1,12}){1,3}")  # mrc/dpa
_BRACKETS = {")": "(", "]": "[", "）": "（", "］": "［", "】": "【"}
_SIGNS = " \t\xa0-–—|/=＝"
_ELECTRIC = re.compile(r"(?P<names>[^\s，。、（）]{2,8}?(?:社|网|網))[^，。]{0,20}[电電]")


def find_signatures(text: str) -> Iterator[tuple[int, Source]]:
    """Find the agencies and outlets that sign a paragraph at its beginning or its end."""
    seen: set[str] = set()
    for position, names, is_labelled in (*_at_start(text), *_at_end(text)):
        for source in _known(names) or (_labelled(names) if is_labelled else []):
            if source.name not in seen:
                seen.add(source.name)
                yield position, source


def _at_start(text):
    for pattern in (_DATELINE, _BEFORE_DASH, _ELECTRIC):
        match = pattern.match(text)
        if match and (pattern is not _DATELINE or _is_dateline(text, match)):
            yield 0, match["names"], False


def _is_dateline(text, match):
    """Whether a bracket is a dateline's: at the very beginning, or with a dash behind it."""
    after = text[match.end() : match.end() + 4].strip(SPACES + ".,:")
    return match.start("names") <= 2 or after[:1] in {"-", "–", "—", "―", "="}


def _at_end(text):
    end = text.rstrip(SPACES + ".") if text.rstrip(SPACES + ".")[-1:] in _BRACKETS else text
    end = end.rstrip(SPACES)
    opening = _BRACKETS.get(end[-1:])
    at = end.rfind(opening, max(0, len(end) - 80)) if opening else -1
    if at > 0:
        yield at, *_without_label(end[at + 1 : -1])
        return
    end = end.rstrip(".")
    stop = max(end.rfind(mark) for mark in FULL_STOPS)
    if stop < 0 and phrase_at_start(end.strip(_SIGNS), "source"):
        yield 0, *_without_label(end)
    elif stop < 0 and _SIGLA.fullmatch(end):
        yield 0, end, False
    elif stop > 0 and len(end) - stop <= longest_spelling() + 20:
        yield stop, *_without_label(end[stop + 1 :])


def _without_label(names):
    """Take `Quelle:` off, and say whether it stood there."""
    names = names.strip(_SIGNS)
    start = phrase_at_start(names, "source")
    is_labelled = start > 0 and names[start:].lstrip()[:1] in {":", "：", "=", "／"}
    return (names[start:].lstrip(" :：=／/") if start else names), is_labelled


def _labelled(names):
    """Return the source that a label makes one, whatever its name."""
    name = names.strip(_SIGNS)
    is_name = 1 < len(name) <= 60 and not name[0].islower()
    return [Source(name, guess_kind(name, otherwise=OUTLET))] if is_name else []


def _known(names):
    """Return the sources of `afp/dpa`, all of them known; of a mixture those that are."""
    whole = find_source(names.strip(_SIGNS))
    parts = [whole] if whole else [find_source(part.strip()) for part in _SPLIT.split(names)]
    return [each for each in parts if each and each.kind in {AGENCY, OUTLET}]
