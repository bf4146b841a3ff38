"""Which links are allowed in a text."""

import re
from urllib.parse import urlsplit

from .grammar import SPACE

LINK_SCHEMES = {"http", "https", "mailto", "tel"}


def link_address(value: str | None) -> str | None:
    """Return the address of an allowed link; None for any other."""
    href = (value or "").strip(SPACE)
    if re.search(r"[\s\\]", href):
        return None
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme in {"http", "https"}:
        return href if parts.hostname else None
    return href if parts.scheme in LINK_SCHEMES and parts.path else None
