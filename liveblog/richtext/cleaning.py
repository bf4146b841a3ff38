"""Any HTML into the grammar of the stored text."""

import re

import nh3

from .blocks import BlockSorter
from .depth import shallow
from .grammar import BOUNDARIES, CELLS, DROPPED_WHOLE, INLINE, LISTS
from .links import LINK_SCHEMES

_reader = nh3.Cleaner(
    tags=set(INLINE) | LISTS | BOUNDARIES | CELLS | {"li", "blockquote", "br", "img", "span"},
    clean_content_tags=DROPPED_WHOLE,
    attributes={"a": {"href"}, "img": {"data-picture"}, "*": {"style"}},
    url_schemes=LINK_SCHEMES,
    link_rel=None,
)
_gate = nh3.Cleaner(
    tags={"p", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "img"},
    attributes={"a": {"href"}, "img": {"alt", "data-picture", "src"}},
    url_schemes=LINK_SCHEMES,
    link_rel=None,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")


class CleanHTML(str):
    """Text that has been through `clean`; made here and when the database is read."""

    __slots__ = ()


def clean(html: str) -> CleanHTML:
    """Bring HTML into the grammar of the stored text; `clean(clean(x)) == clean(x)`."""
    if isinstance(html, CleanHTML):
        return html
    sorter = BlockSorter()
    sorter.feed(_reader.clean(shallow(_CONTROLS.sub("", html))))
    sorter.close()
    safe = _gate.clean(sorter.html()).replace("&nbsp;", "\N{NO-BREAK SPACE}")
    return CleanHTML(safe)
