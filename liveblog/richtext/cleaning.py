"""Any HTML into the grammar of the stored text."""

import re

import nh3

from .blocks import sort_into_blocks
from .grammar import STORED, STORED_ATTRIBUTES
from .links import LINK_SCHEMES
from .tables import rows_as_lines
from .tokens import read_tokens

_gate = nh3.Cleaner(
    tags=STORED,
    attributes=STORED_ATTRIBUTES,
    url_schemes=LINK_SCHEMES,
    link_rel=None,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")


LONGEST = 100_000  # characters of a text with its markup; a long read has 40,000


class CleanHTML(str):
    """Text that has been through `clean`; made here and when the database is read."""

    __slots__ = ()


def clean(html: str) -> CleanHTML:
    """Bring HTML into the grammar of the stored text; `clean(clean(x)) == clean(x)`."""
    if isinstance(html, CleanHTML):
        return html
    sorted_html = sort_into_blocks(rows_as_lines(read_tokens(_CONTROLS.sub("", html))))
    return CleanHTML(_gate.clean(sorted_html).replace("&nbsp;", "\N{NO-BREAK SPACE}"))
