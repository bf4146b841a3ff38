"""What readers' pages need beside the clean text."""

import re
from html import escape, unescape

from liveblog.external_media import find_external_media

from .cleaning import CleanHTML

_ALONE = re.compile(r'<p>\s*(?:<a href="([^"]*)">([^<]*)</a>|([^<\s]+))\s*</p>')


def enrich(html: CleanHTML) -> CleanHTML:
    """Add to clean text what readers' pages need.

    Link relations; and the address of a video or post that is alone in a paragraph of its
    own becomes a link marked with its provider and id.
    """
    marked = _ALONE.sub(_mark_external_media, html)
    return CleanHTML(marked.replace('<a href="', '<a rel="noopener" href="'))


def _mark_external_media(paragraph: re.Match) -> str:
    address = unescape(paragraph[1] or paragraph[3])
    found = find_external_media(address)
    words = unescape(paragraph[2] or address)
    if found is None or words not in {address, address.partition("://")[2]}:
        return paragraph[0]  # a link with words of the editor's own stays one
    return (
        f'<p class="elsewhere" data-provider="{found.provider}" data-id="{escape(found.id)}">'
        f'<a href="{escape(address)}">{escape(address, quote=False)}</a></p>'
    )
