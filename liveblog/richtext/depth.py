"""Nesting deeper than anybody writes."""

import re
from collections import Counter

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>")
# Never inside one of their own kind, even where their closing tag is left out.
FLAT = {"p", "li", "dd", "dt", "br", "hr", "img", "meta"}
MAX_DEPTH = 100


def shallow(html: str) -> str:
    """Leave out tags, never words, nested deeper than anybody writes.

    The time that parsers of HTML take grows with the square of the depth.
    """
    still_open: Counter[str] = Counter()

    def keep(tag: re.Match) -> str:
        closing, name = tag[1], tag[2].lower()
        if name in FLAT or (closing and not still_open[name]):
            return tag[0]
        before = still_open.total()
        still_open[name] += -1 if closing else 1
        return tag[0] if max(before, still_open.total()) <= MAX_DEPTH else ""

    return _TAG.sub(keep, html)
